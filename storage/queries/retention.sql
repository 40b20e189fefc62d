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

-- name: drop_old_rounds(centre_id, questionnaire, days, now, most)
-- With their answers; a member's own period where it is shorter. 86400 seconds are a day. Those that
-- were sent too late to be old are not read: the index has them by member, questionnaire and moment.
DELETE FROM rounds WHERE id IN (
    SELECT r.id
    FROM rounds AS r JOIN members AS m ON m.id = r.member_id
    WHERE m.centre_id = :centre_id AND r.questionnaire = :questionnaire
        AND r.closed = 1 AND m.restricted_at IS NULL
        AND r.sent_at < CAST(:now AS BIGINT) - 86400 * CASE
            WHEN m.answers_days < CAST(:days AS BIGINT) THEN m.answers_days
            ELSE CAST(:days AS BIGINT)
        END
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
DELETE FROM task_takers
WHERE EXISTS (
        SELECT 1 FROM members AS m
        WHERE m.id = task_takers.member_id AND m.restricted_at IS NULL
    )
    AND task_id IN (
        SELECT t.id
        FROM tasks AS t
        WHERE t.centre_id = :centre_id AND t.done_at < :before
            AND EXISTS (
                SELECT 1 FROM task_takers AS k JOIN members AS m ON m.id = k.member_id
                WHERE k.task_id = t.id AND m.restricted_at IS NULL
            )
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

-- name: drop_old_proposal_audit(centre_id, before, most)
DELETE FROM proposal_audit WHERE id IN (
    SELECT a.id
    FROM proposal_audit AS a JOIN proposals AS p ON p.id = a.proposal_id
    WHERE p.centre_id = :centre_id AND a.at < :before AND p.status <> 'open'
    ORDER BY a.at, a.id
    LIMIT :most
)
RETURNING id;

-- name: drop_old_agenda_changes(centre_id, before, most)
DELETE FROM agenda_changes WHERE id IN (
    SELECT c.id
    FROM agenda_changes AS c JOIN assemblies AS a ON a.id = c.assembly_id
    WHERE a.centre_id = :centre_id AND c.changed_at < :before
        AND a.status IN ('closed', 'cancelled')
    ORDER BY c.changed_at, c.id
    LIMIT :most
)
RETURNING id;

-- name: drop_old_fact_changes(centre_id, before, most)
DELETE FROM fact_changes WHERE id IN (
    SELECT c.id FROM fact_changes AS c
    WHERE c.centre_id = :centre_id AND c.status <> 'waiting' AND c.settled_at < :before
    ORDER BY c.settled_at, c.id
    LIMIT :most
)
RETURNING id;

-- name: forget_who_convened(centre_id, before, most)
-- And why somebody cancelled, which is in their own words.
UPDATE assemblies SET convened_by = NULL, cancelled_by = NULL, reason = NULL WHERE id IN (
    SELECT a.id FROM assemblies AS a
    WHERE a.centre_id = :centre_id AND a.status IN ('closed', 'cancelled') AND a.starts_at < :before
        AND (a.convened_by IS NOT NULL OR a.cancelled_by IS NOT NULL)
    ORDER BY a.starts_at, a.id
    LIMIT :most
)
RETURNING id;

-- name: forget_who_took_down(centre_id, before, most)
UPDATE takedowns SET asked_by = NULL, confirmed_by = NULL WHERE proposal_id IN (
    SELECT t.proposal_id
    FROM takedowns AS t JOIN proposals AS p ON p.id = t.proposal_id
    WHERE p.centre_id = :centre_id AND t.status = 'down' AND t.at < :before
        AND (t.asked_by IS NOT NULL OR t.confirmed_by IS NOT NULL)
    ORDER BY t.at, t.proposal_id
    LIMIT :most
)
RETURNING proposal_id AS id;

-- name: forget_who_merged(centre_id, before, most)
UPDATE merges SET suggested_by = NULL WHERE merged_id IN (
    SELECT g.merged_id
    FROM merges AS g JOIN proposals AS p ON p.id = g.merged_id
    WHERE p.centre_id = :centre_id AND g.status = 'done' AND g.at < :before
        AND g.suggested_by IS NOT NULL
    ORDER BY g.at, g.merged_id
    LIMIT :most
)
RETURNING merged_id AS id;

-- name: drop_off_the_list(centre_id, before, most)
-- What was taken back by its author, or down by facilitators.
DELETE FROM proposals WHERE id IN (
    SELECT p.id
    FROM proposals AS p
    LEFT JOIN takedowns AS t ON t.proposal_id = p.id
    LEFT JOIN members AS m ON m.id = p.author_id
    WHERE p.centre_id = :centre_id AND m.restricted_at IS NULL AND (
        (p.status = 'withdrawn' AND p.created_at < :before)
        OR (p.ended = 'taken-down' AND t.at < :before)
    )
    ORDER BY p.id
    LIMIT :most
)
RETURNING id;

-- name: forget_old_authors(centre_id, before, most)
-- Of what is off the list, and was a point of no assembly since.
UPDATE proposals SET author_id = NULL, named = 0 WHERE id IN (
    SELECT p.id
    FROM proposals AS p JOIN members AS m ON m.id = p.author_id
    WHERE p.centre_id = :centre_id AND p.status = 'settled' AND p.created_at < :before
        AND m.restricted_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
            WHERE i.proposal_id = p.id AND a.starts_at >= :before
        )
    ORDER BY p.id
    LIMIT :most
)
RETURNING id;

-- name: forget_old_voices(centre_id, before, most)
DELETE FROM supports
WHERE EXISTS (
        SELECT 1 FROM members AS m
        WHERE m.id = supports.member_id AND m.restricted_at IS NULL
    )
    AND proposal_id IN (
        SELECT p.id
        FROM proposals AS p
        WHERE p.centre_id = :centre_id AND p.status = 'settled' AND p.created_at < :before
            AND EXISTS (
                SELECT 1 FROM supports AS s JOIN members AS m ON m.id = s.member_id
                WHERE s.proposal_id = p.id AND m.restricted_at IS NULL
            )
            AND NOT EXISTS (
                SELECT 1 FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
                WHERE i.proposal_id = p.id AND a.starts_at >= :before
            )
        ORDER BY p.id
        LIMIT :most
    )
RETURNING proposal_id AS id;

-- name: drop_hidden_comments(centre_id, before, most)
DELETE FROM comments WHERE id IN (
    SELECT c.id
    FROM comments AS c
    JOIN proposals AS p ON p.id = c.proposal_id
    LEFT JOIN members AS m ON m.id = c.author_id
    WHERE p.centre_id = :centre_id AND p.status = 'settled' AND c.hidden IS NOT NULL
        AND c.written_at < :before AND m.restricted_at IS NULL
    ORDER BY c.id
    LIMIT :most
)
RETURNING id;

-- name: forget_who_commented(centre_id, before, most)
UPDATE comments SET author_id = NULL, named = 0 WHERE id IN (
    SELECT c.id
    FROM comments AS c
    JOIN proposals AS p ON p.id = c.proposal_id
    JOIN members AS m ON m.id = c.author_id
    WHERE p.centre_id = :centre_id AND p.status = 'settled' AND c.written_at < :before
        AND m.restricted_at IS NULL
    ORDER BY c.id
    LIMIT :most
)
RETURNING id;

-- name: forget_who_voted_by_name(centre_id, before, most)
-- The own words for it go too, as when somebody is erased.
UPDATE roll_call SET member_id = NULL, reason = ''
WHERE EXISTS (
        SELECT 1 FROM members AS m
        WHERE m.id = roll_call.member_id AND m.restricted_at IS NULL
    )
    AND decision_id IN (
        SELECT d.id
        FROM decisions AS d
        WHERE d.centre_id = :centre_id AND d.status <> 'open' AND d.closed_at < :before
            AND EXISTS (
                SELECT 1 FROM roll_call AS r JOIN members AS m ON m.id = r.member_id
                WHERE r.decision_id = d.id AND m.restricted_at IS NULL
            )
        ORDER BY d.closed_at, d.id
        LIMIT :most
    )
RETURNING decision_id AS id;

-- name: drop_unanswered_takedowns(centre_id, before)!
-- What nobody else agreed to is outdated by now.
DELETE FROM takedowns
WHERE status = 'asked' AND at < :before
    AND proposal_id IN (SELECT p.id FROM proposals AS p WHERE p.centre_id = :centre_id);

-- name: drop_lapsed_move(centre_id, before)!
DELETE FROM centre_moves WHERE centre_id = :centre_id AND begun_at < :before;

-- name: drop_old_setups(before)!
DELETE FROM setups WHERE updated_at < :before;

-- name: drop_old_drafts(centre_id, before, most)
DELETE FROM drafts WHERE telegram_id IN (
    SELECT f.telegram_id FROM drafts AS f
    WHERE f.centre_id = :centre_id AND f.updated_at < :before
    ORDER BY f.updated_at, f.telegram_id
    LIMIT :most
)
RETURNING telegram_id AS id;

-- name: drop_old_messages(centre_id, before, most)
-- Where the messages of questions, assemblies and tasks that are over stand, in private too: they
-- are changed no more. They are named after the kind and the number: 'card:assembly:7:…'. The range
-- is found by the index, and the order begins with what is over, so that PostgreSQL uses it: else
-- each message of all centres would meet everything that ever was.
DELETE FROM messages WHERE ref IN (
    SELECT s.ref
    FROM messages AS s
    JOIN (
        SELECT 'decision' AS kind, CAST(d.id AS TEXT) AS number FROM decisions AS d
        WHERE d.centre_id = :centre_id AND d.status <> 'open' AND d.closed_at < :before
        UNION ALL
        SELECT 'card:hall', CAST(d.id AS TEXT) FROM decisions AS d
        WHERE d.centre_id = :centre_id AND d.status <> 'open' AND d.closed_at < :before
        UNION ALL
        SELECT n.kind, CAST(a.id AS TEXT)
        FROM assemblies AS a
        CROSS JOIN (
            SELECT 'assembly' AS kind UNION ALL SELECT 'card:assembly'
            UNION ALL SELECT 'card:minutes' UNION ALL SELECT 'card:notes'
        ) AS n
        WHERE a.centre_id = :centre_id AND a.status IN ('closed', 'cancelled')
            AND a.starts_at < :before
        UNION ALL
        SELECT 'card:task', CAST(t.id AS TEXT) FROM tasks AS t
        WHERE t.centre_id = :centre_id AND t.done_at < :before
    ) AS o ON s.ref >= o.kind || ':' || o.number || ':'
        AND s.ref < o.kind || ':' || o.number || ':zzzz'
        AND substr(s.ref, 1, length(o.kind) + length(o.number) + 2)
            = o.kind || ':' || o.number || ':'
    ORDER BY o.kind, o.number, s.ref
    LIMIT :most
)
RETURNING ref AS id;

-- name: count_retention(centre_id, kept, things)!
INSERT INTO retention_counts (centre_id, kept, things) VALUES (:centre_id, :kept, :things)
ON CONFLICT (centre_id, kept) DO UPDATE SET things = retention_counts.things + excluded.things;

-- name: retention_counts(centre_id)
SELECT kept, things FROM retention_counts WHERE centre_id = :centre_id ORDER BY kept;

-- name: clear_retention_counts(centre_id)!
DELETE FROM retention_counts WHERE centre_id = :centre_id;
