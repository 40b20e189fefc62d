-- name: joining_of(telegram_id, centre_id)^
SELECT j.centre_id, j.token_hash, j.request_id, j.language, j.role, j.consented_at, j.checkin,
       j.checkin_at, j.updated_at, j.guardian_code, j.guardian_seen_at, c.name AS centre_name, c.language AS centre_language,
       c.zone AS centre_zone, COALESCE(i.facilitator, 0) AS facilitator
FROM joinings AS j
JOIN centres AS c ON c.id = j.centre_id
LEFT JOIN invitations AS i ON i.token_hash = j.token_hash
WHERE j.telegram_id = :telegram_id AND j.centre_id = :centre_id;

-- name: latest_joining(telegram_id)$
SELECT centre_id FROM joinings WHERE telegram_id = :telegram_id
ORDER BY updated_at DESC, centre_id LIMIT 1;

-- name: begin_joining(telegram_id, centre_id, token_hash, request_id, language, role, at)!
INSERT INTO joinings
    (telegram_id, centre_id, token_hash, request_id, language, role, updated_at)
VALUES (:telegram_id, :centre_id, :token_hash, :request_id, :language, :role, :at)
ON CONFLICT (telegram_id, centre_id) DO UPDATE SET
    token_hash = excluded.token_hash,
    request_id = excluded.request_id,
    role = excluded.role,
    consented_at = NULL,
    checkin = NULL,
    checkin_at = NULL,
    updated_at = excluded.updated_at;

-- name: speak_while_joining(telegram_id, centre_id, language, at)!
UPDATE joinings SET language = :language, updated_at = :at
WHERE telegram_id = :telegram_id AND centre_id = :centre_id;

-- name: consent_to_take_part(telegram_id, centre_id, at)!
UPDATE joinings SET consented_at = COALESCE(consented_at, :at), updated_at = :at
WHERE telegram_id = :telegram_id AND centre_id = :centre_id
    AND (guardian_code IS NULL OR guardian_seen_at IS NOT NULL);

-- name: guardian_code_is_taken(centre_id, code)$
SELECT 1 FROM joinings WHERE centre_id = :centre_id AND guardian_code = :code;

-- name: note_young(telegram_id, centre_id, code, at)!
UPDATE joinings SET guardian_code = COALESCE(guardian_code, :code), updated_at = :at
WHERE telegram_id = :telegram_id AND centre_id = :centre_id;

-- name: see_guardian_paper(centre_id, code, at)$
UPDATE joinings SET guardian_seen_at = :at, updated_at = :at
WHERE centre_id = :centre_id AND guardian_code = :code AND guardian_seen_at IS NULL
RETURNING telegram_id;

-- name: note_guardian(member_id, seen_at)!
UPDATE members SET guardian_seen_at = CAST(:seen_at AS BIGINT) WHERE id = :member_id;

-- name: choose_joining_role(telegram_id, centre_id, role, at)!
UPDATE joinings SET role = :role, updated_at = :at
WHERE telegram_id = :telegram_id AND centre_id = :centre_id AND consented_at IS NOT NULL
    AND token_hash IN (SELECT i.token_hash FROM invitations AS i WHERE i.role IS NULL);

-- name: answer_joining_checkin(telegram_id, centre_id, checkin, at)!
UPDATE joinings SET checkin = :checkin, checkin_at = :at, updated_at = :at
WHERE telegram_id = :telegram_id AND centre_id = :centre_id AND consented_at IS NOT NULL;

-- name: end_joining(telegram_id, centre_id)!
DELETE FROM joinings WHERE telegram_id = :telegram_id AND centre_id = :centre_id;

-- name: prune_joinings(before)
DELETE FROM joinings WHERE updated_at < :before RETURNING telegram_id;
