-- name: add_data_key(member_id, wrapped)!
INSERT INTO data_keys (member_id, wrapped)
VALUES (:member_id, :wrapped)
ON CONFLICT (member_id) DO NOTHING;

-- name: data_key(member_id)$
SELECT wrapped FROM data_keys WHERE member_id = :member_id;

-- name: data_keys_between(lowest, highest)
SELECT member_id, wrapped
FROM data_keys
WHERE member_id BETWEEN :lowest AND :highest
ORDER BY member_id;

-- name: remove_data_key(member_id)!
DELETE FROM data_keys WHERE member_id = :member_id;

-- name: a_member_with_key()$
SELECT MIN(member_id) FROM data_keys;

-- name: a_decision_with_key()$
SELECT MIN(decision_id) FROM ballot_keys;

-- name: put_ballot_key(decision_id, wrapped)!
INSERT INTO ballot_keys (decision_id, wrapped)
VALUES (:decision_id, :wrapped)
ON CONFLICT (decision_id) DO UPDATE SET wrapped = excluded.wrapped;

-- name: ballot_key(decision_id)$
SELECT wrapped FROM ballot_keys WHERE decision_id = :decision_id;

-- name: ballot_keys()
SELECT decision_id, wrapped FROM ballot_keys ORDER BY decision_id;

-- name: clear_ballot_keys()!
DELETE FROM ballot_keys;

-- name: highest_id_with_key()$
SELECT MAX(id) FROM (
    SELECT member_id AS id FROM data_keys
    UNION ALL
    SELECT decision_id AS id FROM ballot_keys
) AS given;

-- name: key_store_is_used()$
SELECT 1
WHERE EXISTS (SELECT 1 FROM data_keys)
   OR EXISTS (SELECT 1 FROM ballot_keys)
   OR EXISTS (SELECT 1 FROM ledger);
