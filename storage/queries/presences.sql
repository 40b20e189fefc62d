-- name: come_in(centre_id, assembly_id, member_id)!
INSERT INTO presences (assembly_id, member_id)
SELECT a.id, m.id
FROM assemblies AS a
JOIN members AS m ON m.centre_id = a.centre_id
WHERE a.id = :assembly_id AND a.centre_id = :centre_id AND a.status = 'open'
    AND m.id = :member_id AND m.status = 'active'
ON CONFLICT (assembly_id, member_id) DO NOTHING;

-- name: go_out(centre_id, assembly_id, member_id)!
DELETE FROM presences
WHERE assembly_id = :assembly_id AND member_id = :member_id
    AND EXISTS (
        SELECT 1 FROM assemblies AS a
        WHERE a.id = presences.assembly_id AND a.centre_id = :centre_id AND a.status = 'open'
    );

-- name: is_present(assembly_id, member_id)$
SELECT 1 FROM presences WHERE assembly_id = :assembly_id AND member_id = :member_id;

-- name: present_by_role(assembly_id)
SELECT m.role, COUNT(*) AS members
FROM presences AS p JOIN members AS m ON m.id = p.member_id
WHERE p.assembly_id = :assembly_id AND m.status = 'active'
GROUP BY m.role
ORDER BY m.role;

-- name: members_present(assembly_id)
SELECT p.member_id
FROM presences AS p JOIN members AS m ON m.id = p.member_id
WHERE p.assembly_id = :assembly_id AND m.status = 'active'
ORDER BY p.member_id;

-- name: forget_presences(member_id)!
DELETE FROM presences WHERE member_id = :member_id;

-- name: number_present(assembly_id)!
UPDATE assemblies SET present = (
    SELECT COUNT(*)
    FROM presences AS p JOIN members AS m ON m.id = p.member_id
    WHERE p.assembly_id = assemblies.id AND m.status = 'active'
)
WHERE id = :assembly_id;

-- name: were_present(assembly_id)$
SELECT present FROM assemblies WHERE id = :assembly_id;

-- name: remove_presences(assembly_id)!
DELETE FROM presences WHERE assembly_id = :assembly_id;
