-- name: add_agenda_item(assembly_id, position, proposal_id, title)!
INSERT INTO agenda_items (assembly_id, position, proposal_id, title, status)
VALUES (:assembly_id, :position, :proposal_id, :title, 'waiting');

-- name: agenda_items_of(assembly_id)
SELECT i.id, i.assembly_id, i.position, i.proposal_id, i.title, i.status, a.centre_id,
    a.status AS assembly_status, o.status AS proposal_status
FROM agenda_items i
JOIN assemblies a ON a.id = i.assembly_id
LEFT JOIN proposals o ON o.id = i.proposal_id
WHERE i.assembly_id = :assembly_id
ORDER BY i.position;

-- name: agenda_item(centre_id, item_id)^
SELECT i.id, i.assembly_id, i.position, i.proposal_id, i.title, i.status, a.centre_id,
    a.status AS assembly_status, o.status AS proposal_status
FROM agenda_items i
JOIN assemblies a ON a.id = i.assembly_id
LEFT JOIN proposals o ON o.id = i.proposal_id
WHERE i.id = :item_id AND a.centre_id = :centre_id;

-- name: proposals_on_other_agendas(centre_id, assembly_id, since)
SELECT DISTINCT i.proposal_id
FROM agenda_items i JOIN assemblies a ON a.id = i.assembly_id
WHERE a.centre_id = :centre_id AND a.id <> :assembly_id AND i.proposal_id IS NOT NULL
    AND (a.status = 'open' OR (a.status = 'convened' AND a.starts_at > :since))
ORDER BY i.proposal_id;

-- name: mark_agenda_item(assembly_id, position, status)!
UPDATE agenda_items SET status = :status
WHERE assembly_id = :assembly_id AND position = :position;

-- name: drop_agenda(assembly_id)!
DELETE FROM agenda_items WHERE assembly_id = :assembly_id;

-- name: settle_done_proposals(assembly_id)!
UPDATE proposals SET status = 'settled'
WHERE status = 'open' AND id IN (
    SELECT proposal_id FROM agenda_items WHERE assembly_id = :assembly_id AND status = 'done'
);

-- name: authors_on_agenda(assembly_id)
SELECT i.id AS item_id, i.proposal_id, i.title, m.telegram_id, p.language
FROM agenda_items i
JOIN proposals o ON o.id = i.proposal_id
JOIN members m ON m.id = o.author_id
JOIN people p ON p.telegram_id = m.telegram_id
WHERE i.assembly_id = :assembly_id AND i.status = 'done' AND m.status = 'active'
    AND o.status <> 'withdrawn'
ORDER BY i.position;
