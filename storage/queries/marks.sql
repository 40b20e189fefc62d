-- name: add_mark(centre_id, kind, mark, at)!
INSERT INTO keyed_marks (centre_id, kind, mark, at) VALUES (:centre_id, :kind, :mark, :at);

-- name: marked_at(kind, mark, since)
SELECT at FROM keyed_marks
WHERE kind = :kind AND mark = :mark AND at > :since
ORDER BY at;

-- name: marks_of_centre(centre_id, kind, since)$
SELECT COUNT(*) FROM keyed_marks
WHERE centre_id = :centre_id AND kind = :kind AND at > :since;

-- name: prune_marks(kind, before)!
DELETE FROM keyed_marks WHERE kind = :kind AND at <= :before;
