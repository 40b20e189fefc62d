-- name: periods_of(centre_id)
SELECT kept, days, days_before, holds_from FROM periods WHERE centre_id = :centre_id ORDER BY kept;

-- name: set_period(centre_id, kept, days, days_before, holds_from)!
INSERT INTO periods (centre_id, kept, days, days_before, holds_from)
VALUES (:centre_id, :kept, :days, :days_before, :holds_from)
ON CONFLICT (centre_id, kept) DO UPDATE SET
    days = excluded.days,
    days_before = excluded.days_before,
    holds_from = excluded.holds_from;

-- name: keep_answers(member_id, days)!
UPDATE members SET answers_days = :days WHERE id = :member_id;

-- name: answers_kept(member_id)$
SELECT answers_days FROM members WHERE id = :member_id;

-- name: note_leaving(centre_id, now)!
-- Those of whom no moment is known.
UPDATE members SET left_at = :now
WHERE centre_id = :centre_id AND status = 'left' AND left_at IS NULL AND restricted_at IS NULL;

-- name: left_before(centre_id, before, most)
SELECT id FROM members
WHERE centre_id = :centre_id AND status = 'left' AND left_at < :before AND restricted_at IS NULL
ORDER BY left_at, id
LIMIT :most;

-- name: drop_old_rounds(centre_id, days, now, most)
-- With their answers; a member's own period where it is shorter. 86400 seconds are a day.
DELETE FROM rounds WHERE id IN (
    SELECT r.id
    FROM rounds AS r JOIN members AS m ON m.id = r.member_id
    WHERE m.centre_id = :centre_id AND r.closed = 1 AND m.restricted_at IS NULL
        AND r.closes_at < CAST(:now AS BIGINT) - 86400 * CASE
            WHEN m.answers_days < CAST(:days AS BIGINT) THEN m.answers_days
            ELSE CAST(:days AS BIGINT)
        END
    ORDER BY r.closes_at, r.id
    LIMIT :most
)
RETURNING id;

-- name: drop_old_takers(centre_id, before, most)
-- Of what was done long ago; the tasks stay, as what an assembly wanted.
DELETE FROM task_takers WHERE task_id IN (
    SELECT t.id
    FROM tasks AS t
    WHERE t.centre_id = :centre_id AND t.done_at < :before
        AND EXISTS (SELECT 1 FROM task_takers AS k WHERE k.task_id = t.id)
    ORDER BY t.done_at, t.id
    LIMIT :most
)
RETURNING task_id;

-- name: drop_old_invitations(centre_id, before, most)
DELETE FROM invitations WHERE token_hash IN (
    SELECT i.token_hash FROM invitations AS i
    WHERE i.centre_id = :centre_id AND i.expires_at < :before
    ORDER BY i.expires_at, i.token_hash
    LIMIT :most
)
RETURNING token_hash;

-- name: drop_unanswered_requests(centre_id, before, most)
DELETE FROM join_requests WHERE id IN (
    SELECT q.id FROM join_requests AS q
    WHERE q.centre_id = :centre_id AND q.answered_at IS NULL AND q.asked_at < :before
    ORDER BY q.asked_at, q.id
    LIMIT :most
)
RETURNING id, telegram_id;

-- name: drop_old_audit(centre_id, before, most)
-- Of a question that is over; of an open one everything stays.
DELETE FROM audit WHERE id IN (
    SELECT a.id
    FROM audit AS a JOIN decisions AS d ON d.id = a.decision_id
    WHERE a.centre_id = :centre_id AND a.at < :before AND d.status <> 'open'
    ORDER BY a.at, a.id
    LIMIT :most
)
RETURNING id;

-- name: drop_old_drafts(centre_id, before, most)
DELETE FROM drafts WHERE telegram_id IN (
    SELECT f.telegram_id FROM drafts AS f
    WHERE f.centre_id = :centre_id AND f.updated_at < :before
    ORDER BY f.updated_at, f.telegram_id
    LIMIT :most
)
RETURNING telegram_id;

-- name: drop_old_messages(centre_id, before, most)
-- Where the messages of questions and assemblies that are over stand: they are changed no more.
DELETE FROM messages WHERE ref IN (
    SELECT s.ref
    FROM messages AS s JOIN decisions AS d ON s.ref = 'decision:' || CAST(d.id AS TEXT) || ':group'
    WHERE d.centre_id = :centre_id AND d.status <> 'open' AND d.closed_at < :before
    UNION
    SELECT s.ref
    FROM messages AS s
    JOIN assemblies AS a ON substr(s.ref, 1, length('assembly:' || CAST(a.id AS TEXT) || ':'))
            = 'assembly:' || CAST(a.id AS TEXT) || ':'
    WHERE a.centre_id = :centre_id AND a.status IN ('closed', 'cancelled')
        AND a.starts_at < :before
    ORDER BY 1
    LIMIT :most
)
RETURNING ref;

-- name: count_retention(centre_id, kept, things)!
INSERT INTO retention_counts (centre_id, kept, things) VALUES (:centre_id, :kept, :things)
ON CONFLICT (centre_id, kept) DO UPDATE SET things = retention_counts.things + excluded.things;

-- name: retention_counts(centre_id)
SELECT kept, things FROM retention_counts WHERE centre_id = :centre_id ORDER BY kept;

-- name: clear_retention_counts(centre_id)!
DELETE FROM retention_counts WHERE centre_id = :centre_id;
