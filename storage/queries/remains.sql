-- name: note_remains()!
INSERT INTO remains (one, deleted, wiped) VALUES (1, 1, 0)
ON CONFLICT (one) DO UPDATE SET deleted = remains.deleted + 1;

-- name: remains_left()$
SELECT deleted FROM remains WHERE wiped < deleted;

-- name: remains_wiped(deleted)!
UPDATE remains SET wiped = :deleted WHERE wiped < :deleted;
