-- What a message shows can change with a press: what it is remembered as is found by its place.

CREATE INDEX messages_by_place ON messages (chat_id, message_id);
