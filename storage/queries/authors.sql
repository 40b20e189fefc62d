-- name: author_to_tell(centre_id, proposal_id)^
-- As long as they take part and have not taken it back.
SELECT o.id, o.title, m.id AS member_id, m.telegram_id, p.language
FROM proposals AS o
JOIN members AS m ON m.id = o.author_id
JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE o.centre_id = :centre_id AND o.id = :proposal_id AND o.status <> 'withdrawn'
    AND o.ended IS NULL
    AND m.status = 'active';

-- name: latest_point_of(proposal_id, since)^
-- Not of one that was cancelled, or that nobody opened.
-- Opened before its time, it began then.
SELECT i.id, i.position, i.ending, a.id AS assembly_id, a.status,
    CASE WHEN a.opened_at < a.starts_at THEN a.opened_at ELSE a.starts_at END AS starts_at
FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
WHERE i.proposal_id = :proposal_id
    AND (a.status IN ('open', 'closed') OR (a.status = 'convened' AND a.starts_at > :since))
ORDER BY a.starts_at DESC, i.id DESC
LIMIT 1;

-- name: proposals_on_agenda(assembly_id)
SELECT proposal_id FROM agenda_items
WHERE assembly_id = :assembly_id AND proposal_id IS NOT NULL
ORDER BY position;

-- name: proposals_with_name(member_id)
-- Beside whose tasks this member chose to be named.
SELECT DISTINCT i.proposal_id
FROM task_takers AS k
JOIN tasks AS t ON t.id = k.task_id
JOIN agenda_items AS i ON i.id = t.item_id
WHERE k.member_id = :member_id AND k.shown = 1 AND i.proposal_id IS NOT NULL
ORDER BY i.proposal_id;
