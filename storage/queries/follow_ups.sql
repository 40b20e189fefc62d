-- name: last_meeting(centre_id)^
-- The one that closed last.
SELECT id, closed_at,
    CASE WHEN opened_at < starts_at THEN opened_at ELSE starts_at END AS starts_at
FROM assemblies
WHERE centre_id = :centre_id AND status = 'closed' AND closed_at IS NOT NULL
ORDER BY closed_at DESC, id DESC
LIMIT 1;

-- name: settled_points(assembly_id)
-- What it decided, or agreed on without a ballot, in which words.
SELECT i.id, i.title, i.ending, g.wording
FROM agenda_items AS i
LEFT JOIN agreements AS g ON g.item_id = i.id AND g.status = 'stands'
WHERE i.assembly_id = :assembly_id AND i.ending IN ('decided', 'agreed')
ORDER BY i.position;

-- name: add_point_of_task(centre_id, assembly_id, title)!
-- Behind all others, while the assembly is open.
INSERT INTO agenda_items (assembly_id, position, title, kind)
SELECT a.id, COALESCE((
    SELECT MAX(i.position) FROM agenda_items AS i WHERE i.assembly_id = a.id
), 0) + 1, CAST(:title AS TEXT), 'task'
FROM assemblies AS a
WHERE a.centre_id = :centre_id AND a.id = :assembly_id AND a.status = 'open';

-- name: proposed_between(centre_id, since, before)$
-- What was taken back is not counted: it is nobody's business any more.
SELECT COUNT(*) FROM proposals
WHERE centre_id = :centre_id AND status <> 'withdrawn' AND created_at >= :since
    AND created_at < :before;

-- name: endings_between(centre_id, since, before)
SELECT i.ending, COUNT(*) AS points
FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
WHERE a.centre_id = :centre_id AND a.status = 'closed' AND a.closed_at >= :since
    AND a.closed_at < :before AND i.ending IS NOT NULL
GROUP BY i.ending
ORDER BY i.ending;

-- name: done_between(centre_id, since, before)$
SELECT COUNT(*) FROM tasks
WHERE centre_id = :centre_id AND done_at >= :since AND done_at < :before;
