-- name: add_centre(chat_id, topic, name, language, zone, created_at)^
INSERT INTO centres (chat_id, topic, name, language, zone, created_at)
VALUES (:chat_id, :topic, :name, :language, :zone, :created_at)
RETURNING
    id, chat_id, name, language, zone, contact, contact_verified_at, quorum_numerator,
    quorum_denominator, created_at;

-- name: centre(id)^
SELECT
    id, chat_id, name, language, zone, contact, contact_verified_at, quorum_numerator,
    quorum_denominator, created_at
FROM centres
WHERE id = :id;

-- name: centre_of_chat(chat_id)^
SELECT
    id, chat_id, name, language, zone, contact, contact_verified_at, quorum_numerator,
    quorum_denominator, created_at
FROM centres
WHERE chat_id = :chat_id;

-- name: centres_of(telegram_id)
SELECT
    c.id, c.chat_id, c.name, c.language, c.zone, c.contact, c.contact_verified_at,
    c.quorum_numerator, c.quorum_denominator, c.created_at
FROM centres AS c
JOIN members AS m ON m.centre_id = c.id
WHERE m.telegram_id = :telegram_id AND m.status = 'active'
ORDER BY c.id;

-- name: all_centres()
SELECT
    id, chat_id, name, language, zone, contact, contact_verified_at, quorum_numerator,
    quorum_denominator, created_at
FROM centres
ORDER BY id;

-- name: rename_centre(id, name)!
UPDATE centres SET name = :name WHERE id = :id;

-- name: set_centre_language(id, language)!
UPDATE centres SET language = :language WHERE id = :id;

-- name: set_centre_zone(id, zone)!
UPDATE centres SET zone = :zone WHERE id = :id;

-- name: set_centre_contact(id, contact, contact_verified_at)!
UPDATE centres SET contact = :contact, contact_verified_at = :contact_verified_at
WHERE id = :id;

-- name: move_centre(chat_id, new_chat_id)!
-- A topic's id means nothing in another group.
UPDATE centres SET chat_id = :new_chat_id, topic = NULL WHERE chat_id = :chat_id;

-- name: move_centre_to(id, chat_id, topic)!
UPDATE centres SET chat_id = :chat_id, topic = :topic WHERE id = :id;

-- name: topic_of_chat(chat_id)$
SELECT topic FROM centres WHERE chat_id = :chat_id;

-- name: set_topic_of_chat(chat_id, topic)!
UPDATE centres SET topic = :topic WHERE chat_id = :chat_id;
