-- name: add_agenda_item(assembly_id, position, kind, proposal_id, title)!
INSERT INTO agenda_items (assembly_id, position, kind, proposal_id, title)
VALUES (:assembly_id, :position, :kind, :proposal_id, :title);

-- name: agenda_items_of(assembly_id)
SELECT i.id, i.assembly_id, i.position, i.proposal_id, i.title, i.kind, i.ending,
    i.planned_minutes, a.centre_id, a.status AS assembly_status, COALESCE(o.ended, o.status) AS proposal_status, (
        SELECT MIN(e.starts_at)
        FROM agenda_items j JOIN assemblies e ON e.id = j.assembly_id
        WHERE j.proposal_id = i.proposal_id AND j.id <> i.id AND e.status = 'closed'
            AND e.starts_at < a.starts_at
    ) AS waits_since
FROM agenda_items i
JOIN assemblies a ON a.id = i.assembly_id
LEFT JOIN proposals o ON o.id = i.proposal_id
WHERE i.assembly_id = :assembly_id
ORDER BY i.position;

-- name: agenda_item(centre_id, item_id)^
SELECT i.id, i.assembly_id, i.position, i.proposal_id, i.title, i.kind, i.ending,
    i.planned_minutes, a.centre_id, a.status AS assembly_status, COALESCE(o.ended, o.status) AS proposal_status, (
        SELECT MIN(e.starts_at)
        FROM agenda_items j JOIN assemblies e ON e.id = j.assembly_id
        WHERE j.proposal_id = i.proposal_id AND j.id <> i.id AND e.status = 'closed'
            AND e.starts_at < a.starts_at
    ) AS waits_since
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

-- name: end_point(centre_id, item_id, was, ending)!
UPDATE agenda_items SET ending = :ending
WHERE id = :item_id AND ending IS NOT DISTINCT FROM :was AND EXISTS (
    SELECT 1 FROM assemblies a
    WHERE a.id = agenda_items.assembly_id AND a.centre_id = :centre_id AND a.status = 'open'
);

-- name: plan_minutes(centre_id, item_id, minutes)!
UPDATE agenda_items SET planned_minutes = :minutes
WHERE id = :item_id AND EXISTS (
    SELECT 1 FROM assemblies a
    WHERE a.id = agenda_items.assembly_id AND a.centre_id = :centre_id
        AND a.status IN ('convened', 'open')
);

-- name: drop_agenda(assembly_id)!
DELETE FROM agenda_items WHERE assembly_id = :assembly_id;

-- name: settle_proposal(proposal_id)!
UPDATE proposals SET status = 'settled'
WHERE id = :proposal_id AND status = 'open';

-- name: proposals_carried_over(centre_id)
SELECT i.proposal_id, MIN(a.starts_at) AS waits_since
FROM assemblies a
JOIN agenda_items i ON i.assembly_id = a.id
JOIN proposals o ON o.id = i.proposal_id
WHERE a.centre_id = :centre_id AND a.status = 'closed' AND o.status = 'open'
GROUP BY i.proposal_id
ORDER BY i.proposal_id;
