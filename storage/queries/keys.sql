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

-- name: data_keys_of(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25)
SELECT member_id, wrapped
FROM data_keys
WHERE member_id IN (
    :m1, :m2, :m3, :m4, :m5, :m6, :m7, :m8, :m9, :m10, :m11, :m12, :m13,
    :m14, :m15, :m16, :m17, :m18, :m19, :m20, :m21, :m22, :m23, :m24, :m25
)
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

-- name: decisions_with_key()
SELECT decision_id FROM ballot_keys ORDER BY decision_id;

-- name: highest_decision_with_key()$
SELECT MAX(decision_id) FROM ballot_keys;

-- name: sum_of_ballot_keys()^
-- A number for all that there are: another one where a key has come or gone.
SELECT COUNT(*) AS keys, CAST(COALESCE(SUM(decision_id), 0) AS BIGINT) AS ids FROM ballot_keys;

-- name: remove_ballot_key(decision_id)!
DELETE FROM ballot_keys WHERE decision_id = :decision_id;

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
