-- name: save_draft(telegram_id, centre_id, kind, step, content, message_id, updated_at)!
INSERT INTO drafts (telegram_id, centre_id, kind, step, content, message_id, updated_at)
VALUES (:telegram_id, :centre_id, :kind, :step, :content, :message_id, :updated_at)
ON CONFLICT (telegram_id) DO UPDATE SET
    centre_id = excluded.centre_id,
    kind = excluded.kind,
    step = excluded.step,
    content = excluded.content,
    message_id = excluded.message_id,
    updated_at = excluded.updated_at;

-- name: draft_of(telegram_id)^
SELECT telegram_id, centre_id, kind, step, content, message_id, updated_at
FROM drafts
WHERE telegram_id = :telegram_id;

-- name: remove_drafts_at(centre_id, kind, step, length)!
DELETE FROM drafts
WHERE centre_id = :centre_id AND kind = :kind AND substr(step, 1, :length) = :step;

-- name: remove_draft(telegram_id)!
DELETE FROM drafts WHERE telegram_id = :telegram_id;
