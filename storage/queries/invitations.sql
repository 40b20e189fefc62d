-- name: add_invitation(token_hash, centre_id, role, facilitator, uses_left, expires_at, created_by, created_at, needs_confirmation)!
INSERT INTO invitations (
    token_hash, centre_id, role, facilitator, uses_left, expires_at, created_by, created_at,
    needs_confirmation
)
VALUES (
    :token_hash, :centre_id, :role, :facilitator, :uses_left, :expires_at, :created_by,
    :created_at, :needs_confirmation
);

-- name: invitation(token_hash)^
SELECT
    token_hash, centre_id, role, facilitator, uses_left, expires_at, created_by, confirmed_by,
    created_at, revoked, needs_confirmation
FROM invitations
WHERE token_hash = :token_hash;

-- name: invitation_by_ref(centre_id, ref)^
SELECT
    token_hash, centre_id, role, facilitator, uses_left, expires_at, created_by, confirmed_by,
    created_at, revoked, needs_confirmation
FROM invitations
WHERE centre_id = :centre_id AND substr(token_hash, 1, 16) = :ref
ORDER BY token_hash
LIMIT 1;

-- name: open_invitations(centre_id, now)
SELECT
    token_hash, centre_id, role, facilitator, uses_left, expires_at, created_by, confirmed_by,
    created_at, revoked, needs_confirmation
FROM invitations
WHERE centre_id = :centre_id AND revoked = 0 AND uses_left > 0 AND expires_at > :now
ORDER BY created_at, token_hash;

-- name: use_invitation(token_hash, now)!
UPDATE invitations SET uses_left = uses_left - 1
WHERE token_hash = :token_hash AND uses_left > 0 AND revoked = 0 AND expires_at > :now
    AND (needs_confirmation = 0 OR confirmed_by IS NOT NULL);

-- name: confirm_invitation(token_hash, confirmed_by)!
UPDATE invitations SET confirmed_by = :confirmed_by
WHERE token_hash = :token_hash AND confirmed_by IS NULL AND revoked = 0
    AND created_by IS DISTINCT FROM CAST(:confirmed_by AS BIGINT);

-- name: revoke_invitation(token_hash)!
UPDATE invitations SET revoked = 1 WHERE token_hash = :token_hash AND revoked = 0;

-- name: revoke_first_invitations(centre_id)
UPDATE invitations SET revoked = 1
WHERE centre_id = :centre_id AND created_by IS NULL AND facilitator = 1 AND revoked = 0
RETURNING token_hash;

-- name: invitations_not_revoked()
SELECT token_hash FROM invitations WHERE revoked = 0 ORDER BY token_hash;
