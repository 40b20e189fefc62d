-- name: setup_of(chat_id)^
SELECT chat_id, language, zone, name FROM setups WHERE chat_id = :chat_id;

-- name: begin_setup(chat_id, at)!
INSERT INTO setups (chat_id, updated_at) VALUES (:chat_id, :at)
ON CONFLICT (chat_id) DO NOTHING;

-- name: choose_setup_language(chat_id, language, at)!
UPDATE setups SET language = :language, updated_at = :at WHERE chat_id = :chat_id;

-- name: choose_setup_zone(chat_id, zone, at)!
UPDATE setups SET zone = :zone, updated_at = :at WHERE chat_id = :chat_id;

-- name: propose_setup_name(chat_id, name, at)!
UPDATE setups SET name = :name, updated_at = :at WHERE chat_id = :chat_id;

-- name: end_setup(chat_id)!
DELETE FROM setups WHERE chat_id = :chat_id;

-- name: move_setup(chat_id, new_chat_id)!
UPDATE setups SET chat_id = :new_chat_id WHERE chat_id = :chat_id;
