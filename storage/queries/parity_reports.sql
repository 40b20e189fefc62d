-- name: last_parity_report(centre_id)^
SELECT quarter, content FROM parity_reports
WHERE centre_id = :centre_id
ORDER BY quarter DESC
LIMIT 1;

-- name: keep_parity_report(centre_id, quarter, content)!
INSERT INTO parity_reports (centre_id, quarter, content)
VALUES (:centre_id, :quarter, :content);

-- name: drop_parity_reports_before(centre_id, quarter)!
DELETE FROM parity_reports WHERE centre_id = :centre_id AND quarter < :quarter;

-- name: proposals_by_role(centre_id, since, before)
-- What was taken back or down is not counted.
SELECT m.role, COUNT(*) AS times
FROM proposals AS p JOIN members AS m ON m.id = p.author_id
WHERE p.centre_id = :centre_id AND p.created_at >= :since AND p.created_at < :before
    AND p.status <> 'withdrawn' AND (p.ended IS NULL OR p.ended <> 'taken-down')
    AND m.status = 'active'
GROUP BY m.role
ORDER BY m.role;

-- name: voices_by_role(centre_id, since, before)
-- A voice has no moment: it counts with its proposal.
SELECT m.role, COUNT(*) AS times
FROM proposals AS p
JOIN supports AS s ON s.proposal_id = p.id
JOIN members AS m ON m.id = s.member_id
WHERE p.centre_id = :centre_id AND p.created_at >= :since AND p.created_at < :before
    AND p.status <> 'withdrawn' AND (p.ended IS NULL OR p.ended <> 'taken-down')
    AND m.status = 'active'
GROUP BY m.role
ORDER BY m.role;

-- name: tasks_done_by_role(centre_id, since, before)
-- Two who did one together count once each.
SELECT m.role, COUNT(*) AS times
FROM tasks AS t
JOIN task_takers AS k ON k.task_id = t.id
JOIN members AS m ON m.id = k.member_id
WHERE t.centre_id = :centre_id AND t.done_at >= :since AND t.done_at < :before
    AND m.status = 'active'
GROUP BY m.role
ORDER BY m.role;

-- name: open_ballots_by_role(centre_id, since, before)
-- By name only, and where all roles were asked alike.
SELECT m.role, COUNT(*) AS times
FROM decisions AS d
JOIN roll_call AS r ON r.decision_id = d.id
JOIN members AS m ON m.id = r.member_id
WHERE d.centre_id = :centre_id AND d.closed_at >= :since AND d.closed_at < :before
    AND d.status = 'closed' AND d.secrecy = 'open' AND d.electorate IN ('all', 'present')
    AND m.status = 'active'
GROUP BY m.role
ORDER BY m.role;

-- name: figures_told_by_role(centre_id, since, before)
-- Of the others what was told at their closing, where all roles were asked alike.
SELECT id, figures, result, electorate_size
FROM decisions
WHERE centre_id = :centre_id AND closed_at >= :since AND closed_at < :before
    AND status = 'closed' AND secrecy <> 'open' AND electorate IN ('all', 'present')
    AND figures IS NOT NULL
ORDER BY id;
