-- name: ask_to_join(centre_id, telegram_id, role, name, asked_at)$
INSERT INTO join_requests (centre_id, telegram_id, role, name, asked_at)
VALUES (:centre_id, :telegram_id, :role, :name, :asked_at)
ON CONFLICT (centre_id, telegram_id) WHERE answered_at IS NULL DO NOTHING
RETURNING id;

-- name: join_request(id, centre_id)^
SELECT id, centre_id, telegram_id, role, name, asked_at, answered_at, answer, answered_by,
       welcomed_by
FROM join_requests
WHERE id = :id AND centre_id = :centre_id;

-- name: welcome_join_request(id, centre_id, member_id)!
UPDATE join_requests SET welcomed_by = :member_id
WHERE id = :id AND centre_id = :centre_id AND answered_at IS NULL AND welcomed_by IS NULL;

-- name: answer_join_request(id, centre_id, answer, answered_at, answered_by)!
UPDATE join_requests
SET answer = :answer, answered_at = :answered_at, answered_by = :answered_by
WHERE id = :id AND centre_id = :centre_id AND answered_at IS NULL;

-- name: remove_join_requests(telegram_id)!
DELETE FROM join_requests WHERE telegram_id = :telegram_id;

-- name: latest_join_request(centre_id, telegram_id)^
SELECT id, centre_id, telegram_id, role, name, asked_at, answered_at, answer, answered_by,
       welcomed_by
FROM join_requests
WHERE centre_id = :centre_id AND telegram_id = :telegram_id
ORDER BY id DESC
LIMIT 1;

-- name: join_requests_of(telegram_id)
SELECT id, centre_id, telegram_id, role, name, asked_at, answered_at, answer, answered_by,
       welcomed_by
FROM join_requests
WHERE telegram_id = :telegram_id
ORDER BY id;

-- name: use_join_request(id, centre_id)!
DELETE FROM join_requests WHERE id = :id AND centre_id = :centre_id AND answer = 'accepted';

-- name: any_join_request(telegram_id)$
SELECT COUNT(*) FROM join_requests WHERE telegram_id = :telegram_id;

-- name: prune_join_requests(answered_before, asked_before)
DELETE FROM join_requests
WHERE answered_at < :answered_before OR (answered_at IS NULL AND asked_at < :asked_before)
RETURNING telegram_id;

-- name: open_join_requests(centre_id)
SELECT id, centre_id, telegram_id, role, name, asked_at, answered_at, answer, answered_by,
       welcomed_by
FROM join_requests
WHERE centre_id = :centre_id AND answered_at IS NULL
ORDER BY id;
