-- name: count_uncertain()^
-- Of a group's post the words are kept as long as somebody may say what became of it.
SELECT
    COUNT(CASE WHEN chat_id > 0 THEN 1 END) AS to_people,
    COUNT(CASE WHEN chat_id < 0 AND payload IS NOT NULL THEN 1 END) AS to_groups
FROM outbox WHERE status = 'uncertain';

-- name: uncertain_post_waits(id)$
SELECT 1 FROM outbox WHERE id = :id AND status = 'uncertain' AND payload IS NOT NULL;

-- name: found_uncertain_post(centre_id, id)
-- What has a name may change, and nobody knows which message that is: see post_found_anew.
UPDATE outbox SET status = 'sent', payload = CASE WHEN ref IS NOT NULL THEN payload END
WHERE
    id = :id AND centre_id = :centre_id AND chat_id < 0 AND status = 'uncertain'
    AND payload IS NOT NULL
RETURNING ref;

-- name: post_found_anew(ref, chat_id, payload)
UPDATE outbox SET
    chat_id = :chat_id, payload = :payload, status = 'waiting', settled_at = NULL
WHERE ref = :ref AND substr(key, 1, 5) <> 'edit:' AND status = 'sent' AND payload IS NOT NULL
RETURNING chat_id;

-- name: give_up_uncertain_posts(before, now)
UPDATE outbox SET payload = NULL
WHERE
    status = 'uncertain' AND payload IS NOT NULL AND centre_id IS NOT NULL
    AND (settled_at < :before OR expires_at <= :now)
RETURNING id, centre_id;

-- name: repeat_uncertain_post(centre_id, id, not_before)
UPDATE outbox SET status = 'waiting', not_before = :not_before, settled_at = NULL
WHERE
    id = :id AND centre_id = :centre_id AND chat_id < 0 AND status = 'uncertain'
    AND payload IS NOT NULL AND (expires_at IS NULL OR expires_at > :not_before)
RETURNING chat_id;
