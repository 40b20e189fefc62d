-- name: add_to_outbox(key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, created_at)!
INSERT INTO outbox (
    key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, status, created_at
)
VALUES (
    :key, :chat_id, :centre_id, :ref, :payload, :not_before, :expires_at, :repeatable, 'waiting',
    :created_at
)
ON CONFLICT (key) DO NOTHING;

-- name: replace_in_outbox(key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, created_at)!
-- While it waits the row keeps its moment, or a stream of changes would put it off for ever.
INSERT INTO outbox (
    key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, status, created_at
)
VALUES (
    :key, :chat_id, :centre_id, :ref, :payload, :not_before, :expires_at, :repeatable, 'waiting',
    :created_at
)
ON CONFLICT (key) DO UPDATE SET
    payload = excluded.payload,
    expires_at = excluded.expires_at,
    ref = excluded.ref,
    not_before = CASE
        WHEN outbox.status IN ('waiting', 'paused') THEN outbox.not_before
        ELSE excluded.not_before
    END,
    renewed = CASE WHEN outbox.status = 'sending' THEN 1 ELSE 0 END,
    status = CASE
        WHEN outbox.status IN ('sending', 'paused') THEN outbox.status
        ELSE 'waiting'
    END,
    attempts = CASE WHEN outbox.status = 'sending' THEN outbox.attempts ELSE 0 END,
    faults = 0,
    fault = NULL,
    settled_at = CASE WHEN outbox.status = 'paused' THEN outbox.settled_at END;

-- name: turn_of_chat(chat_id)!
INSERT INTO outbox_chats (chat_id, next_at)
SELECT
    CAST(:chat_id AS BIGINT),
    CASE
        WHEN EXISTS (
            SELECT 1 FROM outbox AS busy
            WHERE busy.chat_id = CAST(:chat_id AS BIGINT) AND busy.status = 'sending'
        ) THEN NULL
        ELSE (
            SELECT MIN(head.not_before) FROM outbox AS head
            WHERE head.chat_id = CAST(:chat_id AS BIGINT) AND head.status = 'waiting'
        )
    END
WHERE TRUE
ON CONFLICT (chat_id) DO UPDATE SET next_at = CASE
    WHEN excluded.next_at < outbox_chats.held_until THEN outbox_chats.held_until
    ELSE excluded.next_at
END;

-- name: claim_outbox(now, claimed_until, most)
UPDATE outbox SET
    status = 'sending',
    attempts = outbox.attempts + 1,
    leaving = 0,
    claimed_until = :claimed_until
WHERE id IN (
    SELECT (
        SELECT head.id FROM outbox AS head
        WHERE head.chat_id = turn.chat_id AND head.status = 'waiting'
        ORDER BY head.not_before, head.id
        LIMIT 1
    )
    FROM (
        SELECT chat_id FROM outbox_chats
        WHERE next_at <= :now
        ORDER BY next_at, chat_id
        LIMIT :most
    ) AS turn
)
RETURNING
    id, key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, attempts, faults;

-- name: chats_under_way()!
UPDATE outbox_chats SET next_at = NULL
WHERE chat_id IN (SELECT chat_id FROM outbox WHERE status = 'sending');

-- name: settle_outbox(id, status, settled_at)
UPDATE outbox SET
    status = CASE WHEN renewed = 1 AND :status <> 'paused' THEN 'waiting' ELSE :status END,
    payload = CASE
        WHEN renewed = 1 OR :status = 'paused' THEN payload
        WHEN :status = 'uncertain' AND chat_id < 0 AND centre_id IS NOT NULL THEN payload
    END,
    settled_at = CASE
        WHEN renewed = 1 AND :status <> 'paused' THEN NULL
        ELSE CAST(:settled_at AS BIGINT)
    END,
    attempts = CASE WHEN renewed = 1 THEN 0 ELSE attempts END,
    faults = 0,
    fault = NULL,
    renewed = 0
WHERE id = :id AND status = 'sending'
RETURNING chat_id;

-- name: return_to_outbox(id)
UPDATE outbox SET status = 'waiting', renewed = 0
WHERE id = :id AND status IN ('sending', 'waiting')
RETURNING chat_id;

-- name: set_outbox_aside(id, not_before, fault)
UPDATE outbox SET
    status = 'waiting',
    not_before = :not_before,
    faults = faults + 1,
    fault = :fault,
    renewed = 0
WHERE id = :id AND status = 'sending'
RETURNING chat_id, ref;

-- name: hold_edits(chat_id, ref, not_before)!
UPDATE outbox SET not_before = :not_before
WHERE chat_id = :chat_id AND status = 'waiting' AND not_before < :not_before AND ref = :ref;

-- name: take_up_faulty()
UPDATE outbox SET not_before = created_at, faults = 0, fault = NULL
WHERE faults > 0 AND status = 'waiting'
RETURNING chat_id;

-- name: faults_in_outbox()
SELECT fault, COUNT(*) AS messages
FROM outbox
WHERE faults > 0
GROUP BY fault
ORDER BY fault;

-- name: hold_chat(chat_id, held_until)!
UPDATE outbox_chats SET held_until = :held_until WHERE chat_id = :chat_id;

-- name: release_chat(chat_id)!
UPDATE outbox_chats SET held_until = NULL WHERE chat_id = :chat_id AND held_until IS NOT NULL;

-- name: hold_claim(id, claimed_until)!
UPDATE outbox SET claimed_until = :claimed_until WHERE id = :id AND status = 'sending';

-- name: leaves_outbox(id, attempts)!
-- An attempt is a claim: one that was given up, and claimed again, is another one.
UPDATE outbox SET leaving = 1 WHERE id = :id AND status = 'sending' AND attempts = :attempts;

-- name: interrupted_sendings(now)
SELECT
    id, key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, attempts, faults,
    renewed, leaving
FROM outbox
WHERE status = 'sending' AND claimed_until <= :now
ORDER BY claimed_until, id;

-- name: pause_outbox(chat_id, now)!
UPDATE outbox SET status = 'paused', settled_at = :now, faults = 0, fault = NULL
WHERE chat_id = :chat_id AND status = 'waiting';

-- name: resume_outbox(chat_id)!
UPDATE outbox SET status = 'waiting', settled_at = NULL
WHERE chat_id = :chat_id AND status = 'paused';

-- name: wait_anew_in_outbox(centre_id, not_before, instead)
UPDATE outbox SET not_before = :instead
WHERE centre_id = :centre_id AND not_before = :not_before AND status IN ('waiting', 'paused')
RETURNING chat_id;

-- name: expire_outbox(now)
-- Of a group's post the words stay until they are read for its facilitators: wipe_dropped.
UPDATE outbox SET
    status = 'dropped', settled_at = :now, faults = 0, fault = NULL,
    payload = CASE WHEN chat_id < 0 AND centre_id IS NOT NULL THEN payload END
WHERE expires_at <= :now AND expires_at IS NOT NULL AND status IN ('waiting', 'paused')
RETURNING
    id, key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, attempts, faults;

-- name: give_up_held_back(before, now)
UPDATE outbox SET status = 'dropped', settled_at = :now
WHERE settled_at < :before AND status = 'paused' AND chat_id < 0
RETURNING
    id, key, chat_id, centre_id, ref, payload, not_before, expires_at, repeatable, attempts, faults;

-- name: wipe_dropped(now)!
UPDATE outbox SET payload = NULL
WHERE settled_at = :now AND status = 'dropped' AND payload IS NOT NULL;

-- name: move_outbox(chat_id, new_chat_id)!
UPDATE outbox SET chat_id = :new_chat_id
WHERE chat_id = :chat_id AND status IN ('waiting', 'sending', 'paused', 'uncertain');

-- name: move_posts(chat_id, new_chat_id)!
UPDATE outbox SET chat_id = :new_chat_id
WHERE chat_id = :chat_id AND status IN ('waiting', 'paused', 'uncertain')
    AND substr(key, 1, 10) <> 'edit:bare:';

-- name: next_outbox_at()$
SELECT MIN(next_at) FROM outbox_chats;

-- name: outbox_waiting(chat_id, now)$
SELECT COUNT(*) FROM outbox
WHERE chat_id = :chat_id AND status IN ('waiting', 'sending', 'paused') AND not_before <= :now
    AND substr(key, 1, 5) <> 'edit:';

-- name: outbox_due(now)^
-- Where nothing may be written for a while, and for who has blocked the bot, nothing is late.
SELECT COUNT(*) AS messages, MIN(o.not_before) AS oldest_at
FROM outbox o JOIN outbox_chats c ON c.chat_id = o.chat_id
WHERE o.status = 'waiting' AND o.not_before <= :now
    AND (c.held_until IS NULL OR c.held_until <= :now);

-- name: outbox_held(now)$
-- Of groups alone: whoever has blocked the bot is let be.
SELECT COUNT(*)
FROM outbox o JOIN outbox_chats c ON c.chat_id = o.chat_id
WHERE c.chat_id < 0
    AND (o.status = 'paused' OR (o.status = 'waiting' AND c.held_until > :now));

-- name: outbox_sends_to(chat_id)$
SELECT 1 FROM outbox WHERE chat_id = :chat_id AND status = 'sending' LIMIT 1;

-- name: outbox_under_way()$
SELECT COUNT(*) FROM outbox WHERE status = 'sending';

-- name: drop_unsent_outbox(prefix, after, length)
-- As drop_outbox_of, but what has left stays.
DELETE FROM outbox
WHERE key >= :prefix AND key < :after AND substr(key, 1, CAST(:length AS INT)) = :prefix
    AND status IN ('waiting', 'paused')
RETURNING chat_id;

-- name: unsent_in_outbox(centre_id)
SELECT id, payload
FROM outbox
WHERE payload IS NOT NULL AND (
    centre_id = :centre_id
    OR (
        centre_id IS NULL AND chat_id IN (
            SELECT c.chat_id FROM centres AS c WHERE c.id = :centre_id
            UNION ALL
            SELECT m.telegram_id FROM members AS m WHERE m.centre_id = :centre_id
        )
    )
)
ORDER BY id;

-- name: post_is_on_its_way(ref)$
-- Of what was sent only that keeps its text which people have found and which may change.
SELECT 1 FROM outbox
WHERE ref = :ref AND substr(key, 1, 5) <> 'edit:' AND payload IS NOT NULL
    AND status IN ('waiting', 'sending', 'paused', 'uncertain', 'sent')
LIMIT 1;

-- name: reword_unsent(ref, payload)!
UPDATE outbox SET payload = :payload
WHERE ref = :ref AND substr(key, 1, 5) <> 'edit:' AND payload IS NOT NULL
    AND status IN ('waiting', 'paused', 'uncertain');

-- name: reword_outbox(id, payload)!
UPDATE outbox SET payload = :payload WHERE id = :id AND payload IS NOT NULL;

-- name: drop_outbox_of_member(telegram_id, centre_id)!
DELETE FROM outbox
WHERE chat_id = :telegram_id AND (centre_id IS NULL OR centre_id = :centre_id);

-- name: drop_outbox_of(prefix, after, length)
-- The range is found by the index; in some languages' order of signs other keys lie in it as well.
DELETE FROM outbox
WHERE key >= :prefix AND key < :after AND substr(key, 1, CAST(:length AS INT)) = :prefix
RETURNING chat_id;

-- name: forget_settled_of_people(prefix, after, length)!
DELETE FROM outbox
WHERE chat_id > 0 AND key >= :prefix AND key < :after
    AND substr(key, 1, CAST(:length AS INT)) = :prefix
    AND status NOT IN ('waiting', 'sending', 'paused');

-- name: forget_told(chat_id, prefix, length)
-- And that a card of theirs has lost its buttons: when that was tells with whom they had it.
DELETE FROM outbox
WHERE chat_id = :chat_id AND (
    substr(key, 1, CAST(:length AS INT)) = :prefix
    OR (substr(key, 1, 10) = 'edit:bare:' AND status NOT IN ('waiting', 'sending', 'paused'))
)
RETURNING chat_id;

-- name: latest_in_outbox(prefix, after, length)^
SELECT status, not_before, settled_at FROM outbox
WHERE key >= :prefix AND key < :after AND substr(key, 1, CAST(:length AS INT)) = :prefix
ORDER BY id DESC
LIMIT 1;

-- name: remove_from_outbox(key)
DELETE FROM outbox WHERE key = :key
RETURNING chat_id;

-- name: prune_outbox(before)!
DELETE FROM outbox
WHERE settled_at < :before AND status IN ('sent', 'uncertain', 'failed', 'dropped', 'paused');

-- name: spend_outbox_key(key, chat_id, centre_id, now)!
INSERT INTO outbox (
    key, chat_id, centre_id, not_before, repeatable, status, created_at, settled_at
)
VALUES (:key, :chat_id, :centre_id, :now, 0, 'dropped', :now, :now)
ON CONFLICT (key) DO NOTHING;
