-- name: openings_of(centre_id)
SELECT opening, active, words, minutes FROM openings WHERE centre_id = :centre_id ORDER BY opening;

-- name: choose_opening(centre_id, opening, active, words, minutes)!
INSERT INTO openings (centre_id, opening, active, words, minutes)
VALUES (:centre_id, :opening, :active, :words, :minutes)
ON CONFLICT (centre_id, opening) DO UPDATE SET
    active = excluded.active,
    words = excluded.words,
    minutes = excluded.minutes;

-- name: plan_break(assembly_id, break_at)!
UPDATE assemblies SET break_at = :break_at WHERE id = :assembly_id AND status = 'open';
