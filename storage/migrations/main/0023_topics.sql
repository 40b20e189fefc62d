-- Where in a group with topics a centre posts: Telegram's id of the topic. NULL is the general one,
-- and every group without topics.

ALTER TABLE centres ADD COLUMN topic BIGINT;

-- Until when nothing is tried in a chat. What waits there keeps its own moments, and so its order.

ALTER TABLE outbox_chats ADD COLUMN held_until BIGINT;
