-- name: add_ending(kind, subject, at)!
INSERT INTO endings (kind, subject, at) VALUES (:kind, :subject, :at)
ON CONFLICT (kind, subject) DO NOTHING;

-- name: pending_endings()
SELECT kind, subject, at FROM endings ORDER BY kind, subject;

-- name: remove_ending(kind, subject)!
DELETE FROM endings WHERE kind = :kind AND subject = :subject;
