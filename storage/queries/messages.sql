-- name: remember_message(ref, chat_id, message_id)!
-- Nothing about a person whom nobody knows: what was on its way when somebody erased themselves.
INSERT INTO messages (ref, chat_id, message_id)
SELECT CAST(:ref AS TEXT), CAST(:chat_id AS BIGINT), CAST(:message_id AS BIGINT)
WHERE CAST(:chat_id AS BIGINT) < 0
    OR EXISTS (SELECT 1 FROM people AS p WHERE p.telegram_id = CAST(:chat_id AS BIGINT))
ON CONFLICT (ref) DO UPDATE SET chat_id = excluded.chat_id, message_id = excluded.message_id;

-- name: message_at(ref)^
SELECT chat_id, message_id FROM messages WHERE ref = :ref;

-- name: forget_message(ref)!
DELETE FROM messages WHERE ref = :ref;

-- name: forget_messages_of_chat(chat_id)!
DELETE FROM messages WHERE chat_id = :chat_id;
