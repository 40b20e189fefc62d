-- name: begin_centre_move(centre_id, member_id, now)!
INSERT INTO centre_moves (centre_id, begun_by, begun_at) VALUES (:centre_id, :member_id, :now)
ON CONFLICT (centre_id) DO NOTHING;

-- name: centre_move(centre_id)^
SELECT centre_id, begun_by, begun_at, confirmed_by
FROM centre_moves
WHERE centre_id = :centre_id;

-- name: confirm_centre_move(centre_id, member_id, begun_at)!
UPDATE centre_moves SET confirmed_by = :member_id
WHERE centre_id = :centre_id AND begun_at = :begun_at AND confirmed_by IS NULL
    AND begun_by <> :member_id;

-- name: end_centre_move(centre_id, begun_at)!
DELETE FROM centre_moves WHERE centre_id = :centre_id AND begun_at = :begun_at;

-- name: confirmed_centre_moves(begun_since, now)
-- Both still take part and hold the duty.
SELECT v.centre_id, v.begun_by, v.begun_at, v.confirmed_by
FROM centre_moves AS v
JOIN members AS m ON m.id = v.begun_by AND m.status = 'active'
JOIN facilitators AS f ON f.member_id = m.id AND (f.until IS NULL OR f.until > :now)
JOIN members AS n ON n.id = v.confirmed_by AND n.status = 'active'
JOIN facilitators AS g ON g.member_id = n.id AND (g.until IS NULL OR g.until > :now)
WHERE v.begun_at > :begun_since
ORDER BY v.centre_id;
