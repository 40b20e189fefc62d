-- name: remember_message(ref, chat_id, message_id)!
INSERT INTO messages (ref, chat_id, message_id)
VALUES (:ref, :chat_id, :message_id)
ON CONFLICT (ref) DO UPDATE SET chat_id = excluded.chat_id, message_id = excluded.message_id;

-- name: message_at(ref)^
SELECT chat_id, message_id FROM messages WHERE ref = :ref;

-- name: forget_message(ref)!
DELETE FROM messages WHERE ref = :ref;

-- name: forget_messages_of_chat(chat_id)!
DELETE FROM messages WHERE chat_id = :chat_id;
