-- The item that an open assembly is at is the one at its current_position, whatever became of it
-- so far: being looked at is no state of its own any more.

UPDATE agenda_items SET status = 'waiting' WHERE status = 'current';
