-- In the first days of a quarter each centre's group reads what the one before came to, in numbers.
-- Who could be hurt: nobody; they add up what all could read. The first look finds the next quarter.

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'quarter', id, zone, 0 FROM centres;
