-- name: grant_consent(member_id, purpose, version, granted_at)!
INSERT INTO consents (member_id, purpose, version, granted_at)
VALUES (:member_id, :purpose, :version, :granted_at)
ON CONFLICT (member_id, purpose, version, granted_at) DO UPDATE SET withdrawn_at = NULL;

-- name: withdraw_consent(member_id, purpose, withdrawn_at)!
UPDATE consents SET withdrawn_at = :withdrawn_at
WHERE member_id = :member_id AND purpose = :purpose AND withdrawn_at IS NULL;

-- name: consents_of(member_id)
SELECT member_id, purpose, version, granted_at, withdrawn_at
FROM consents
WHERE member_id = :member_id
ORDER BY granted_at, purpose, version;

-- name: standing_consent(member_id, purpose)$
SELECT MAX(version) FROM consents
WHERE member_id = :member_id AND purpose = :purpose AND withdrawn_at IS NULL;
