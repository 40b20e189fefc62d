-- name: master()^
SELECT fingerprint, marks FROM master;

-- name: put_master(fingerprint, marks)!
INSERT INTO master (one, fingerprint, marks)
VALUES (1, :fingerprint, :marks)
ON CONFLICT (one) DO UPDATE SET fingerprint = excluded.fingerprint, marks = excluded.marks;

-- name: data_keys_after(last, many)
SELECT member_id AS id, wrapped FROM data_keys WHERE member_id > :last ORDER BY member_id LIMIT :many;

-- name: rewrap_data_key(id, wrapped)!
UPDATE data_keys SET wrapped = :wrapped WHERE member_id = :id;

-- name: ballot_keys_after(last, many)
SELECT decision_id AS id, wrapped
FROM ballot_keys
WHERE decision_id > :last
ORDER BY decision_id
LIMIT :many;

-- name: rewrap_ballot_key(id, wrapped)!
UPDATE ballot_keys SET wrapped = :wrapped WHERE decision_id = :id;

-- name: note_key_copy(at)!
INSERT INTO key_copies (taken_at) VALUES (:at) ON CONFLICT (taken_at) DO NOTHING;

-- name: forget_key_copy(at)!
DELETE FROM key_copies WHERE taken_at = :at;

-- name: forget_key_copies()!
DELETE FROM key_copies;

-- name: prune_key_copies(before)!
DELETE FROM key_copies WHERE taken_at < :before;

-- name: key_counts()^
SELECT
    (SELECT COUNT(*) FROM data_keys) AS members,
    (SELECT COUNT(*) FROM ballot_keys) AS decisions,
    (SELECT COUNT(*) FROM ledger) AS entries,
    (SELECT MAX(at) FROM ledger) AS latest,
    (SELECT MAX(taken_at) FROM key_copies) AS copied_at;
