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

-- name: message_is_named(chat_id, message_id)$
SELECT 1 FROM messages WHERE chat_id = :chat_id AND message_id = :message_id LIMIT 1;

-- name: forget_names_at(chat_id, message_id, but)!
DELETE FROM messages
WHERE chat_id = :chat_id AND message_id = :message_id AND ref <> CAST(:but AS TEXT);

-- name: messages_under(prefix, after, length, centre_id)
-- Of members who take part, in the language of each.
SELECT g.ref, g.chat_id, g.message_id, p.language
FROM messages AS g
JOIN members AS m ON m.telegram_id = g.chat_id AND m.status = 'active' AND m.centre_id = :centre_id
JOIN people AS p ON p.telegram_id = g.chat_id
WHERE g.ref >= :prefix AND g.ref < :after AND substr(g.ref, 1, CAST(:length AS INT)) = :prefix
ORDER BY g.ref;

-- name: forget_messages_under(prefix, after, length)
-- The range is found by the index; in some languages' order of signs other names lie in it as well.
DELETE FROM messages
WHERE ref >= :prefix AND ref < :after AND substr(ref, 1, CAST(:length AS INT)) = :prefix
RETURNING ref, chat_id, message_id;

-- name: forget_private_messages_under(prefix, after, length)!
DELETE FROM messages
WHERE chat_id > 0 AND ref >= :prefix AND ref < :after
    AND substr(ref, 1, CAST(:length AS INT)) = :prefix;

-- name: forget_messages_of_chat(chat_id)!
DELETE FROM messages WHERE chat_id = :chat_id;
