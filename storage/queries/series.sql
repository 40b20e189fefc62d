-- name: add_series(centre_id, rule, start_local, place, length_minutes, now)$
-- Two who set up the same at once make one.
INSERT INTO series (centre_id, rule, start_local, place, length_minutes, status, created_at)
SELECT c.id, :rule, :start_local, :place, :length_minutes, 'running', :now
FROM centres AS c
WHERE c.id = :centre_id
    AND NOT EXISTS (
        SELECT 1 FROM series AS s
        WHERE s.centre_id = :centre_id AND s.rule = :rule AND s.start_local = :start_local
            AND s.status <> 'ended'
    )
RETURNING id;

-- name: series_of_centre(centre_id)
SELECT id, centre_id, rule, start_local, place, length_minutes, pauses, status,
    unopened_in_a_row, sequence, created_at
FROM series
WHERE centre_id = :centre_id AND status <> 'ended'
ORDER BY id;

-- name: series_by_id(series_id)^
SELECT id, centre_id, rule, start_local, place, length_minutes, pauses, status,
    unopened_in_a_row, sequence, created_at
FROM series
WHERE id = :series_id;

-- name: all_series()
SELECT id, centre_id, rule, start_local, place, length_minutes, pauses, status,
    unopened_in_a_row, sequence, created_at
FROM series
WHERE status <> 'ended'
ORDER BY id;

-- name: change_series(series_id, sequence, rule, start_local, place, length_minutes)!
UPDATE series SET rule = :rule, start_local = :start_local, place = :place,
    length_minutes = :length_minutes, sequence = sequence + 1
WHERE id = :series_id AND sequence = :sequence AND status <> 'ended';

-- name: pause_series_for(series_id, sequence, pauses)!
UPDATE series SET pauses = :pauses, sequence = sequence + 1
WHERE id = :series_id AND sequence = :sequence AND status <> 'ended';

-- name: set_series_status(series_id, before, after)!
UPDATE series SET status = :after, unopened_in_a_row = 0, sequence = sequence + 1
WHERE id = :series_id AND status = :before;

-- name: series_moved_on(series_id)!
UPDATE series SET sequence = sequence + 1 WHERE id = :series_id;

-- name: count_unopened(series_id)$
UPDATE series SET unopened_in_a_row = unopened_in_a_row + 1
WHERE id = :series_id AND status = 'running'
RETURNING unopened_in_a_row;

-- name: count_anew(series_id)!
UPDATE series SET unopened_in_a_row = 0 WHERE id = :series_id;
