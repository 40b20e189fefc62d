-- name: uncertain_post_waits(id)$
SELECT 1 FROM outbox WHERE id = :id AND status = 'uncertain' AND payload IS NOT NULL;

-- name: found_uncertain_post(centre_id, id)!
UPDATE outbox SET status = 'sent', payload = NULL
WHERE
    id = :id AND centre_id = :centre_id AND chat_id < 0 AND status = 'uncertain'
    AND payload IS NOT NULL;

-- name: repeat_uncertain_post(centre_id, id, not_before)
UPDATE outbox SET status = 'waiting', not_before = :not_before, settled_at = NULL
WHERE
    id = :id AND centre_id = :centre_id AND chat_id < 0 AND status = 'uncertain'
    AND payload IS NOT NULL AND (expires_at IS NULL OR expires_at > :not_before)
RETURNING chat_id;
