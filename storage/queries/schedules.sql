-- name: set_schedule(kind, subject_id, rule, zone, next_at)$
INSERT INTO schedules (kind, subject_id, rule, zone, next_at)
VALUES (:kind, :subject_id, :rule, :zone, :next_at)
ON CONFLICT (kind, subject_id) DO UPDATE SET
    rule = excluded.rule,
    zone = excluded.zone,
    next_at = excluded.next_at
RETURNING id;

-- name: schedule_of(kind, subject_id)^
SELECT id, kind, subject_id, rule, zone, next_at
FROM schedules
WHERE kind = :kind AND subject_id = :subject_id;

-- name: due_schedules(now, after_at, after_id, most)
SELECT id, kind, subject_id, rule, zone, next_at
FROM schedules
WHERE next_at <= :now AND (next_at > :after_at OR (next_at = :after_at AND id > :after_id))
ORDER BY next_at, id
LIMIT :most;

-- name: next_schedule_at()$
-- What is done at night, unheard, is nothing to wait for.
SELECT MIN(next_at) FROM schedules WHERE kind <> 'retention';

-- name: earliest_schedule_at()$
SELECT MIN(next_at) FROM schedules;

-- name: claim_occurrence(schedule_id, occurrence_at, at)!
INSERT INTO occurrences (schedule_id, occurrence_at, status, at)
VALUES (:schedule_id, :occurrence_at, 'claimed', :at)
ON CONFLICT (schedule_id, occurrence_at) DO NOTHING;

-- name: skip_occurrence(schedule_id, occurrence_at)!
UPDATE occurrences SET status = 'skipped'
WHERE schedule_id = :schedule_id AND occurrence_at = :occurrence_at;

-- name: advance_schedule(id, next_at)!
UPDATE schedules SET next_at = :next_at WHERE id = :id;

-- name: remove_schedule(kind, subject_id)!
DELETE FROM schedules WHERE kind = :kind AND subject_id = :subject_id;

-- name: prune_occurrences(before, most)!
DELETE FROM occurrences
WHERE (schedule_id, occurrence_at) IN (
    SELECT o.schedule_id, o.occurrence_at FROM occurrences AS o
    WHERE o.at < :before
    ORDER BY o.at
    LIMIT :most
);

-- name: plan_after_outage(kind, since)!
-- For each centre in which something can be pressed.
INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT CAST(:kind AS TEXT), c.id, c.zone, CAST(:since AS BIGINT)
FROM centres AS c
WHERE EXISTS (SELECT 1 FROM decisions AS d WHERE d.centre_id = c.id AND d.status = 'open')
    OR EXISTS (SELECT 1 FROM assemblies AS a WHERE a.centre_id = c.id AND a.status = 'open')
    OR c.id IN (
        SELECT m.centre_id
        FROM round_states AS s
        JOIN rounds AS r ON r.id = s.round_id
        JOIN members AS m ON m.id = r.member_id
    )
ORDER BY c.id
ON CONFLICT (kind, subject_id) DO UPDATE SET next_at = excluded.next_at;
