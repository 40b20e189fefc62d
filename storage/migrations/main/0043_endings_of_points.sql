-- How a point of an assembly ended is said on purpose; NULL while it is open. What a point is about
-- has a kind, whose names the program knows: a list of them here could only be changed by building
-- anew a table to which others refer. Times: minutes planned for a point, when the point began that
-- the assembly is at (UTC epoch seconds), and how many minutes the assembly is meant to take.
-- Who could be hurt: nobody new. A point says what was talked about, never who spoke.

ALTER TABLE agenda_items ADD COLUMN kind TEXT NOT NULL DEFAULT 'proposal';

ALTER TABLE agenda_items ADD COLUMN ending TEXT CHECK (
    ending IN ('decided', 'agreed', 'talked', 'goes-on', 'taken-back', 'not-reached')
);

ALTER TABLE agenda_items ADD COLUMN planned_minutes BIGINT CHECK (planned_minutes > 0);

ALTER TABLE assemblies ADD COLUMN point_since BIGINT;

ALTER TABLE assemblies ADD COLUMN length_minutes BIGINT CHECK (length_minutes > 0);

-- What was done before: by a ballot where one had decided, otherwise by talking. An assembly that is
-- open now goes on with it.
UPDATE agenda_items SET ending = 'talked' WHERE status = 'done';

UPDATE agenda_items SET ending = 'decided'
WHERE status = 'done' AND EXISTS (
    SELECT 1 FROM decisions
    WHERE decisions.item_id = agenda_items.id AND decisions.status = 'closed'
        AND decisions.result IN ('carried', 'not_carried', 'chosen')
);

UPDATE agenda_items SET ending = 'goes-on' WHERE status = 'postponed';

UPDATE agenda_items SET ending = 'not-reached'
WHERE status = 'waiting' AND EXISTS (
    SELECT 1 FROM assemblies
    WHERE assemblies.id = agenda_items.assembly_id AND assemblies.status = 'closed'
);

UPDATE assemblies SET point_since = opened_at WHERE status = 'open';

ALTER TABLE agenda_items DROP COLUMN status;
