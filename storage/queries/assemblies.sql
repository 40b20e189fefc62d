-- name: add_assembly(centre_id, starts_at, place, convened_by, now)$
INSERT INTO assemblies (centre_id, starts_at, place, status, convened_by, convened_at)
VALUES (:centre_id, :starts_at, :place, 'convened', :convened_by, :now)
RETURNING id;

-- name: add_assembly_of_series(centre_id, series_id, series_date, starts_at, place, length, now)$
INSERT INTO assemblies (centre_id, series_id, series_date, starts_at, place, length_minutes, status,
    convened_at)
VALUES (:centre_id, :series_id, :series_date, :starts_at, :place, :length, 'convened', :now)
ON CONFLICT (series_id, series_date) DO NOTHING
RETURNING id;

-- name: adopt_assembly(assembly_id, series_id, series_date)!
UPDATE assemblies SET series_id = :series_id, series_date = :series_date
WHERE id = :assembly_id AND series_id IS NULL AND status = 'convened'
    AND NOT EXISTS (
        SELECT 1 FROM assemblies AS other
        WHERE other.series_id = :series_id AND other.series_date = :series_date
    );

-- name: assembly_on(series_id, series_date)^
SELECT id, centre_id, starts_at, place, status, convened_at, frozen_at, opened_at, closed_at,
    current_position, series_id, series_date, sequence, reason, point_since, length_minutes,
    break_at
FROM assemblies
WHERE series_id = :series_id AND series_date = :series_date;

-- name: assemblies_of_series(series_id)
SELECT id, centre_id, starts_at, place, status, convened_at, frozen_at, opened_at, closed_at,
    current_position, series_id, series_date, sequence, reason, point_since, length_minutes,
    break_at
FROM assemblies
WHERE series_id = :series_id
ORDER BY series_date;

-- name: latest_held(centre_id, most)
SELECT starts_at
FROM assemblies
WHERE centre_id = :centre_id AND status <> 'cancelled'
ORDER BY starts_at DESC, id DESC
LIMIT :most;

-- name: assembly_of_centre(centre_id, assembly_id)^
SELECT id, centre_id, starts_at, place, status, convened_at, frozen_at, opened_at, closed_at,
    current_position, series_id, series_date, sequence, reason, point_since, length_minutes,
    break_at
FROM assemblies
WHERE id = :assembly_id AND centre_id = :centre_id;

-- name: assembly_by_id(assembly_id)^
SELECT id, centre_id, starts_at, place, status, convened_at, frozen_at, opened_at, closed_at,
    current_position, series_id, series_date, sequence, reason, point_since, length_minutes,
    break_at
FROM assemblies
WHERE id = :assembly_id;

-- name: upcoming_assemblies(centre_id, since)
SELECT id, centre_id, starts_at, place, status, convened_at, frozen_at, opened_at, closed_at,
    current_position, series_id, series_date, sequence, reason, point_since, length_minutes,
    break_at
FROM assemblies
WHERE centre_id = :centre_id AND (status = 'open' OR (status = 'convened' AND starts_at > :since))
ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, starts_at, id;

-- name: last_place(centre_id)$
SELECT place
FROM assemblies
WHERE centre_id = :centre_id AND place IS NOT NULL AND status <> 'cancelled'
ORDER BY starts_at DESC, id DESC
LIMIT 1;

-- name: move_assembly(centre_id, assembly_id, starts_at, place)!
UPDATE assemblies SET starts_at = :starts_at, place = :place, sequence = sequence + 1
WHERE id = :assembly_id AND centre_id = :centre_id AND status = 'convened';

-- name: cancel_assembly(centre_id, assembly_id, reason, cancelled_by)!
UPDATE assemblies SET status = 'cancelled', reason = :reason, cancelled_by = :cancelled_by,
    sequence = sequence + 1
WHERE id = :assembly_id AND centre_id = :centre_id AND status = 'convened';

-- name: freeze_assembly(assembly_id, now)!
UPDATE assemblies SET frozen_at = :now
WHERE id = :assembly_id AND status = 'convened' AND frozen_at IS NULL;

-- name: thaw_assembly(assembly_id)!
UPDATE assemblies SET frozen_at = NULL
WHERE id = :assembly_id AND status = 'convened';

-- name: open_assembly(centre_id, assembly_id, now)!
UPDATE assemblies SET status = 'open', opened_at = :now, current_position = 1,
    point_since = :now
WHERE id = :assembly_id AND centre_id = :centre_id AND status = 'convened'
    AND NOT EXISTS (
        SELECT 1 FROM assemblies AS other
        WHERE other.centre_id = :centre_id AND other.status = 'open'
    );

-- name: move_session(centre_id, assembly_id, expected, position, now)!
UPDATE assemblies SET current_position = :position, point_since = :now
WHERE id = :assembly_id AND centre_id = :centre_id AND status = 'open'
    AND current_position = :expected;

-- name: set_length(centre_id, assembly_id, minutes)!
UPDATE assemblies SET length_minutes = :minutes
WHERE id = :assembly_id AND centre_id = :centre_id AND status IN ('convened', 'open');

-- name: close_assembly(centre_id, assembly_id, now)!
UPDATE assemblies SET status = 'closed', closed_at = :now, current_position = NULL,
    point_since = NULL
WHERE id = :assembly_id AND centre_id = :centre_id AND status = 'open';
