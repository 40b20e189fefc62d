-- What one member's erasure deletes or cuts. What refers to `members` with a foreign key goes, or
-- forgets its member, with the member's own row; here is everything else.

-- name: erase_occurrences(member_id)!
DELETE FROM occurrences WHERE schedule_id IN (
    SELECT s.id FROM schedules AS s
    WHERE (s.kind = 'checkin' AND s.subject_id = :member_id)
        OR (
            s.kind = 'checkin-close'
            AND s.subject_id IN (SELECT r.id FROM rounds AS r WHERE r.member_id = :member_id)
        )
);

-- name: erase_schedules(member_id)!
DELETE FROM schedules
WHERE (kind = 'checkin' AND subject_id = :member_id)
    OR (
        kind = 'checkin-close'
        AND subject_id IN (SELECT r.id FROM rounds AS r WHERE r.member_id = :member_id)
    );

-- name: erase_withdrawn_proposals(member_id)!
DELETE FROM proposals WHERE author_id = :member_id AND status = 'withdrawn';

-- name: erase_taken_down(member_id)!
DELETE FROM proposals WHERE author_id = :member_id AND ended = 'taken-down';

-- name: erase_waiting_takedowns(member_id)!
-- Whoever asked is gone, and it waits for nobody.
DELETE FROM takedowns WHERE asked_by = :member_id AND status = 'asked';

-- name: open_proposals_by(member_id)$
SELECT COUNT(*) FROM proposals WHERE author_id = :member_id AND status = 'open';

-- name: erase_authorship(member_id)!
UPDATE proposals SET author_id = NULL, named = 0 WHERE author_id = :member_id;

-- name: erase_hidden_comments(member_id)!
DELETE FROM comments WHERE author_id = :member_id AND hidden IS NOT NULL;

-- name: erase_comments_authorship(member_id)!
UPDATE comments SET author_id = NULL, named = 0 WHERE author_id = :member_id;

-- name: erase_said_reasons(member_id)!
-- What was said openly stays, without a name; the own words for it go.
UPDATE roll_call SET reason = '' WHERE member_id = :member_id;

-- name: erase_cancelling_reasons(member_id)!
-- Why a facilitator cancelled a question is in their own words.
UPDATE decisions SET reason = ''
WHERE status = 'cancelled' AND id IN (
    SELECT a.decision_id FROM audit AS a WHERE a.member_id = :member_id AND a.action = 'cancelled'
);

-- name: erase_assembly_reasons(member_id)!
-- Why a facilitator cancelled an assembly is in their own words, too.
UPDATE assemblies SET reason = NULL WHERE cancelled_by = :member_id;

-- name: erase_order_reasons(member_id)!
-- Why a point stands elsewhere is in the words of whoever moved it.
UPDATE agenda_changes SET reason = NULL WHERE member_id = :member_id;

-- name: erase_noted_reasons(member_id)!
UPDATE audit SET detail = '{"reason": ""}' WHERE member_id = :member_id AND action = 'cancelled';

-- name: erase_waiting_facts(member_id)!
-- Whose proposer is gone waits for nobody; their words go.
DELETE FROM fact_changes WHERE proposed_by = :member_id AND status = 'waiting';

-- name: erase_photographs(member_id)!
-- Lines of minutes stay without their writer, and name nobody; what somebody photographed is theirs.
DELETE FROM notes WHERE author_id = :member_id AND kind = 'photo';

-- name: erase_join_requests(telegram_id, centre_id)!
DELETE FROM join_requests WHERE telegram_id = :telegram_id AND centre_id = :centre_id;

-- name: erase_draft(telegram_id, centre_id)!
DELETE FROM drafts WHERE telegram_id = :telegram_id AND centre_id = :centre_id;

-- name: erase_turn_of_chat(telegram_id)!
DELETE FROM outbox_chats
WHERE chat_id = :telegram_id
    AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.chat_id = outbox_chats.chat_id);

-- name: erase_messages(telegram_id, member_id, centre_id)!
-- All of the person's chat but what other centres of theirs still need.
DELETE FROM messages
WHERE chat_id = :telegram_id AND ref NOT IN (
    SELECT 'card:assembly:' || CAST(a.id AS TEXT) || ':' || CAST(m.id AS TEXT)
    FROM assemblies AS a JOIN members AS m ON m.centre_id = a.centre_id
    WHERE m.telegram_id = :telegram_id AND m.id <> :member_id
    UNION ALL
    SELECT 'card:task:' || CAST(k.task_id AS TEXT) || ':' || CAST(m.id AS TEXT)
    FROM task_takers AS k JOIN members AS m ON m.id = k.member_id
    WHERE m.telegram_id = :telegram_id AND m.id <> :member_id
    UNION ALL
    SELECT 'card:assembly:' || CAST(a.id AS TEXT) || ':lead:' || CAST(m.id AS TEXT)
    FROM assemblies AS a JOIN members AS m ON m.centre_id = a.centre_id
    WHERE m.telegram_id = :telegram_id AND m.id <> :member_id
    UNION ALL
    SELECT 'card:assembly:' || CAST(a.id AS TEXT) || ':duty:' || CAST(m.id AS TEXT)
    FROM assemblies AS a JOIN members AS m ON m.centre_id = a.centre_id
    WHERE m.telegram_id = :telegram_id AND m.id <> :member_id
    UNION ALL
    SELECT 'news:' || CAST(o.id AS TEXT) || ':' || CAST(m.telegram_id AS TEXT)
    FROM proposals AS o JOIN members AS m ON m.id = o.author_id
    WHERE m.telegram_id = :telegram_id AND m.id <> :member_id
    UNION ALL
    SELECT 'request:' || CAST(q.id AS TEXT) || ':' || CAST(m.telegram_id AS TEXT)
    FROM join_requests AS q JOIN members AS m ON m.centre_id = q.centre_id
    WHERE m.telegram_id = :telegram_id AND q.centre_id <> :centre_id
    UNION ALL
    SELECT 'requests:' || CAST(m.centre_id AS TEXT) || ':' || CAST(m.telegram_id AS TEXT)
    FROM members AS m
    WHERE m.telegram_id = :telegram_id AND m.centre_id <> :centre_id
    UNION ALL
    SELECT 'invitation:' || substr(i.token_hash, 1, 16) || ':' || CAST(m.telegram_id AS TEXT)
    FROM invitations AS i JOIN members AS m ON m.centre_id = i.centre_id
    WHERE m.telegram_id = :telegram_id AND i.centre_id <> :centre_id
);

-- name: erase_stranger(telegram_id)!
-- Whoever is in no centre, and on the way into none.
DELETE FROM people
WHERE telegram_id = :telegram_id
    AND NOT EXISTS (SELECT 1 FROM members AS m WHERE m.telegram_id = people.telegram_id)
    AND NOT EXISTS (SELECT 1 FROM joinings AS j WHERE j.telegram_id = people.telegram_id)
    AND NOT EXISTS (SELECT 1 FROM join_requests AS q WHERE q.telegram_id = people.telegram_id);

-- name: erase_strangers_draft(telegram_id)!
-- Of somebody who may be a member elsewhere: what belongs to no centre of theirs.
DELETE FROM drafts
WHERE telegram_id = :telegram_id AND centre_id NOT IN (
    SELECT m.centre_id FROM members AS m
    WHERE m.telegram_id = :telegram_id AND m.status = 'active'
);

-- name: erase_strangers_outbox(telegram_id)!
DELETE FROM outbox
WHERE chat_id = :telegram_id AND centre_id NOT IN (
    SELECT m.centre_id FROM members AS m WHERE m.telegram_id = :telegram_id
);

-- name: remove_outbox_of_chat(chat_id)!
DELETE FROM outbox WHERE chat_id = :chat_id;

-- name: remove_joinings(telegram_id)!
DELETE FROM joinings WHERE telegram_id = :telegram_id;

-- name: add_erasure(member_id, mark, at)!
INSERT INTO erasures (member_id, mark, at) VALUES (:member_id, :mark, :at)
ON CONFLICT (member_id) DO NOTHING;

-- name: pending_erasures()
SELECT member_id, mark, at FROM erasures ORDER BY member_id;

-- name: end_erasure(member_id)!
DELETE FROM erasures WHERE member_id = :member_id;
