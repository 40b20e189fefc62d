-- name: add_member(centre_id, telegram_id, role, name, joined_at)^
-- Whoever comes back keeps the id of before.
INSERT INTO members (centre_id, telegram_id, role, name, status, joined_at)
VALUES (:centre_id, :telegram_id, :role, :name, 'active', :joined_at)
ON CONFLICT (centre_id, telegram_id) DO UPDATE SET
    role = excluded.role,
    name = excluded.name,
    joined_at = excluded.joined_at,
    status = 'active',
    left_at = NULL,
    restricted_at = NULL,
    wanted_role = NULL
WHERE members.status = 'left'
RETURNING id, centre_id, telegram_id, role, name, status, joined_at;

-- name: member(id)^
SELECT id, centre_id, telegram_id, role, name, status, joined_at
FROM members
WHERE id = :id;

-- name: member_of(centre_id, telegram_id)^
SELECT id, centre_id, telegram_id, role, name, status, joined_at
FROM members
WHERE centre_id = :centre_id AND telegram_id = :telegram_id;

-- name: all_members()
SELECT id, centre_id, telegram_id, role, name, status, joined_at FROM members ORDER BY id;

-- name: members_by_ids()
SELECT id, centre_id, telegram_id, joined_at FROM members ORDER BY id;

-- name: memberships_of(telegram_id)
SELECT id, centre_id, telegram_id, role, name, status, joined_at
FROM members
WHERE telegram_id = :telegram_id
ORDER BY id;

-- name: active_members(centre_id)
SELECT id, centre_id, telegram_id, role, name, status, joined_at
FROM members
WHERE centre_id = :centre_id AND status = 'active'
ORDER BY id;

-- name: member_names(centre_id)
SELECT id, name FROM members WHERE centre_id = :centre_id ORDER BY id;

-- name: members_by_role(centre_id)
SELECT role, COUNT(*) AS members
FROM members
WHERE centre_id = :centre_id AND status = 'active'
GROUP BY role
ORDER BY role;

-- name: rename_member(id, name)!
UPDATE members SET name = :name WHERE id = :id;

-- name: leave_centre(id, left_at)!
UPDATE members SET status = 'left', left_at = :left_at WHERE id = :id AND status = 'active';

-- name: left_at(id)$
SELECT left_at FROM members WHERE id = :id;

-- name: restrict_member(id, now)!
UPDATE members SET status = 'left', restricted_at = :now WHERE id = :id AND status = 'active';

-- name: lift_restriction(id)!
UPDATE members SET status = 'active', restricted_at = NULL
WHERE id = :id AND restricted_at IS NOT NULL;

-- name: restricted_at(id)$
SELECT restricted_at FROM members WHERE id = :id;

-- name: restricted_of(telegram_id)
SELECT id, centre_id, telegram_id, role, name, status, joined_at
FROM members
WHERE telegram_id = :telegram_id AND restricted_at IS NOT NULL
ORDER BY id;

-- name: count_answers_of(id, not_counted)!
UPDATE members SET not_counted = :not_counted WHERE id = :id;

-- name: answers_not_counted(id)$
SELECT not_counted FROM members WHERE id = :id;

-- name: want_role(id, role)!
UPDATE members SET wanted_role = :role
WHERE id = :id AND role <> :role AND wanted_role IS DISTINCT FROM CAST(:role AS TEXT);

-- name: correct_role(id, role)!
UPDATE members SET role = :role, wanted_role = NULL WHERE id = :id AND wanted_role = :role;

-- name: leave_role(id, role)!
UPDATE members SET wanted_role = NULL WHERE id = :id AND wanted_role = :role;

-- name: remove_member(id)!
DELETE FROM members WHERE id = :id;

-- name: presser(telegram_id, centre_id)^
SELECT
    m.id, m.centre_id, m.telegram_id, m.role, m.name, m.status, m.joined_at,
    f.since AS facilitator_since,
    f.until AS facilitator_until,
    COALESCE(p.language, c.language) AS person_language,
    CASE WHEN EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL AND r.rests = 1
    ) THEN 1 ELSE 0 END AS consent_rests,
    (
        SELECT COUNT(*) FROM members AS own
        WHERE own.telegram_id = m.telegram_id AND own.status = 'active'
    ) AS person_centres,
    c.chat_id AS centre_chat_id,
    c.name AS centre_name,
    c.language AS centre_language,
    c.zone AS centre_zone,
    c.contact AS centre_contact,
    c.contact_verified_at AS centre_contact_verified_at,
    c.quorum_numerator AS centre_quorum_numerator,
    c.quorum_denominator AS centre_quorum_denominator,
    c.created_at AS centre_created_at
FROM members AS m
JOIN centres AS c ON c.id = m.centre_id
LEFT JOIN people AS p ON p.telegram_id = m.telegram_id
LEFT JOIN facilitators AS f ON f.member_id = m.id
WHERE m.telegram_id = :telegram_id AND m.centre_id = :centre_id AND m.status = 'active';
