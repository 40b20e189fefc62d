-- name: late_proposals(centre_id, assembly_id, since)
-- On no agenda of an assembly that goes on or is to come, this one's among them.
SELECT p.id, p.title, p.reason
FROM proposals p
WHERE p.centre_id = :centre_id AND p.status = 'open'
    AND NOT EXISTS (
        SELECT 1 FROM agenda_items i JOIN assemblies a ON a.id = i.assembly_id
        WHERE i.proposal_id = p.id AND (
            a.id = :assembly_id OR a.status = 'open'
            OR (a.status = 'convened' AND a.starts_at > :since)
        )
    )
ORDER BY p.id;

-- name: add_late_point(centre_id, assembly_id, proposal_id, ending)!
INSERT INTO agenda_items (assembly_id, position, proposal_id, title, kind, ending)
SELECT a.id, COALESCE((
    SELECT MAX(i.position) FROM agenda_items AS i WHERE i.assembly_id = a.id
), 0) + 1, p.id, p.title, 'late', CAST(:ending AS TEXT)
FROM assemblies AS a JOIN proposals AS p ON p.centre_id = a.centre_id
WHERE a.centre_id = :centre_id AND a.id = :assembly_id AND a.status = 'open'
    AND p.id = :proposal_id AND p.status = 'open'
    AND NOT EXISTS (
        SELECT 1 FROM agenda_items AS i
        WHERE i.assembly_id = a.id AND i.proposal_id = p.id
    )
ON CONFLICT (assembly_id, position) DO NOTHING;
