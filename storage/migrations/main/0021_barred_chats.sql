-- Since when a chat does not take what is sent to it, so that this is told once. It says nothing of
-- anybody: a group's facilitators and everybody in it know who may write there.

ALTER TABLE outbox_chats ADD COLUMN barred_since BIGINT;
