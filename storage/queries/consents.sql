-- name: grant_consent(member_id, purpose, version, granted_at)!
-- With the name of the body that is responsible now: it stood beside what was agreed to.
INSERT INTO consents (member_id, purpose, version, granted_at, body)
VALUES (
    :member_id, :purpose, :version, :granted_at,
    (
        SELECT f.words
        FROM members AS m
        JOIN centre_facts AS f ON f.centre_id = m.centre_id AND f.fact = 'responsible'
        WHERE m.id = :member_id
    )
)
ON CONFLICT (member_id, purpose, version, granted_at) DO UPDATE SET withdrawn_at = NULL;

-- name: wake_consents(member_id, purpose)!
UPDATE consents SET rests = 0 WHERE member_id = :member_id AND purpose = :purpose;

-- name: withdraw_consent(member_id, purpose, withdrawn_at)!
UPDATE consents SET withdrawn_at = :withdrawn_at, rests = 0
WHERE member_id = :member_id AND purpose = :purpose AND withdrawn_at IS NULL;

-- name: consents_of(member_id)
SELECT member_id, purpose, version, granted_at, withdrawn_at, rests, body
FROM consents
WHERE member_id = :member_id
ORDER BY granted_at, purpose, version;

-- name: consent_granted_at(member_id, purpose)$
SELECT MAX(granted_at) FROM consents
WHERE member_id = :member_id AND purpose = :purpose AND withdrawn_at IS NULL;

-- name: standing_consent(member_id, purpose)$
SELECT MAX(version) FROM consents
WHERE member_id = :member_id AND purpose = :purpose AND withdrawn_at IS NULL;

-- name: consent_rests(member_id, purpose)$
SELECT 1 FROM consents
WHERE member_id = :member_id AND purpose = :purpose AND withdrawn_at IS NULL AND rests = 1
LIMIT 1;

-- name: rest_older_consents(purpose, version)
UPDATE consents SET rests = 1
WHERE purpose = :purpose AND version < :version AND withdrawn_at IS NULL AND rests = 0
    AND NOT EXISTS (
        SELECT 1 FROM consents AS newer
        WHERE newer.member_id = consents.member_id AND newer.purpose = consents.purpose
            AND newer.version >= :version AND newer.withdrawn_at IS NULL
    )
RETURNING member_id;

-- name: rest_consents_of_centre(centre_id)
UPDATE consents SET rests = 1
WHERE withdrawn_at IS NULL AND rests = 0
    AND member_id IN (SELECT m.id FROM members AS m WHERE m.centre_id = :centre_id)
RETURNING member_id;
