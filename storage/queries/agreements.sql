-- What was agreed on without a ballot. A point has one wording at a time.

-- name: put_agreement(centre_id, item_id, wording, now, until)$
INSERT INTO agreements (item_id, wording, put_at, until, status)
SELECT i.id, CAST(:wording AS TEXT), CAST(:now AS BIGINT), CAST(:until AS BIGINT), 'put'
FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
WHERE i.id = :item_id AND a.centre_id = :centre_id AND a.status = 'open' AND i.ending IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM decisions AS d WHERE d.item_id = i.id AND d.status = 'open'
    )
ON CONFLICT (item_id) DO NOTHING
RETURNING id;

-- name: drop_turned_back(item_id)!
DELETE FROM agreements WHERE item_id = :item_id AND status = 'turned-back';

-- name: agreement(centre_id, agreement_id)^
SELECT g.id, g.item_id, g.wording, g.put_at, g.until, g.status, i.title, i.assembly_id, a.centre_id
FROM agreements AS g
JOIN agenda_items AS i ON i.id = g.item_id
JOIN assemblies AS a ON a.id = i.assembly_id
WHERE g.id = :agreement_id AND a.centre_id = :centre_id;

-- name: agreement_by_id(agreement_id)^
SELECT g.id, g.item_id, g.wording, g.put_at, g.until, g.status, i.title, i.assembly_id, a.centre_id
FROM agreements AS g
JOIN agenda_items AS i ON i.id = g.item_id
JOIN assemblies AS a ON a.id = i.assembly_id
WHERE g.id = :agreement_id;

-- name: agreements_of(assembly_id)
SELECT g.id, g.item_id, g.wording, g.put_at, g.until, g.status, i.title, i.assembly_id, a.centre_id
FROM agreements AS g
JOIN agenda_items AS i ON i.id = g.item_id
JOIN assemblies AS a ON a.id = i.assembly_id
WHERE i.assembly_id = :assembly_id
ORDER BY i.position;

-- name: turn_back_as_present(agreement_id, member_id)!
-- The one statement is the guard too: somebody who is at the assembly, while it is open.
UPDATE agreements SET status = 'turned-back'
WHERE id = :agreement_id AND status = 'put' AND EXISTS (
    SELECT 1
    FROM agenda_items AS i
    JOIN assemblies AS a ON a.id = i.assembly_id
    JOIN presences AS p ON p.assembly_id = a.id
    JOIN members AS m ON m.id = p.member_id
    WHERE i.id = agreements.item_id AND a.status = 'open'
        AND m.id = :member_id AND m.status = 'active'
);

-- name: turn_back_at_the_desk(agreement_id)!
UPDATE agreements SET status = 'turned-back'
WHERE id = :agreement_id AND status <> 'turned-back' AND EXISTS (
    SELECT 1
    FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
    WHERE i.id = agreements.item_id AND a.status = 'open'
);

-- name: let_agreement_stand(agreement_id, until)!
UPDATE agreements SET status = 'stands', until = :until
WHERE id = :agreement_id AND status = 'put';

-- name: begin_agreement_again(agreement_id, now, until)!
UPDATE agreements SET put_at = :now, until = :until WHERE id = :agreement_id AND status = 'put';
