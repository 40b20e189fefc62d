-- name: add_data_key(member_id, wrapped)!
INSERT INTO data_keys (member_id, wrapped)
VALUES (:member_id, :wrapped)
ON CONFLICT (member_id) DO NOTHING;

-- name: data_key(member_id)$
SELECT wrapped FROM data_keys WHERE member_id = :member_id;

-- name: remove_data_key(member_id)!
DELETE FROM data_keys WHERE member_id = :member_id;
