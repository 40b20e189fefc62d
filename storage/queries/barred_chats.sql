-- name: bar_chat(chat_id, since)!
INSERT INTO outbox_chats (chat_id, barred_since) VALUES (:chat_id, :since)
ON CONFLICT (chat_id) DO UPDATE SET barred_since = excluded.barred_since
WHERE outbox_chats.barred_since IS NULL;

-- name: unbar_chat(chat_id)!
UPDATE outbox_chats SET barred_since = NULL WHERE chat_id = :chat_id;

-- name: barred_since(chat_id)$
SELECT barred_since FROM outbox_chats WHERE chat_id = :chat_id;
