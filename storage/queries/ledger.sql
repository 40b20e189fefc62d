-- name: append_to_ledger(kind, subject, at, data)!
INSERT INTO ledger (kind, subject, at, data)
VALUES (:kind, :subject, :at, :data)
ON CONFLICT (kind, subject) DO NOTHING;

-- name: ledger_entry(kind, subject)^
SELECT id, kind, subject, at, data FROM ledger WHERE kind = :kind AND subject = :subject;

-- name: ledger_entries_after(id)
SELECT id, kind, subject, at, data FROM ledger WHERE id > :id ORDER BY id;

-- name: highest_ledger_id()$
SELECT MAX(id) FROM ledger;

-- name: ledger_entries(kind)
SELECT id, kind, subject, at, data FROM ledger WHERE kind = :kind ORDER BY id;
