-- name: pair()^
SELECT id, changes FROM pair;

-- name: counterpart()^
SELECT id, changes, noted FROM counterpart;

-- name: put_pair(id, changes)!
-- Of another ledger, or of one that goes on from elsewhere, nothing is known to be heard.
INSERT INTO pair (one, id, changes)
VALUES (1, :id, :changes)
ON CONFLICT (one) DO UPDATE SET id = excluded.id, changes = excluded.changes, heard = 0;

-- name: put_counterpart(id, changes)!
INSERT INTO counterpart (one, id, changes, noted)
VALUES (1, :id, :changes, 0)
ON CONFLICT (one) DO UPDATE SET id = excluded.id, changes = excluded.changes;

-- name: one_change_more()$
UPDATE counterpart SET changes = changes + 1 RETURNING changes;

-- name: note_changes(changes)!
UPDATE pair SET changes = :changes WHERE changes < :changes;

-- name: heard()$
SELECT heard FROM pair;

-- name: note_heard(heard)!
UPDATE pair SET heard = :heard WHERE heard < :heard;

-- name: put_heard(heard)!
UPDATE pair SET heard = :heard WHERE heard <> :heard;

-- name: keep_as_noted(changes)!
UPDATE counterpart SET noted = :changes WHERE noted < :changes;

-- name: database_is_used()$
SELECT 1 WHERE EXISTS (SELECT 1 FROM centres) OR EXISTS (SELECT 1 FROM people);

-- name: database_has_answers()$
SELECT 1 WHERE EXISTS (SELECT 1 FROM answers);
