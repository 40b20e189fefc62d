-- name: add_facilitator(member_id, since, until)!
INSERT INTO facilitators (member_id, since, until)
VALUES (:member_id, :since, :until)
ON CONFLICT (member_id) DO UPDATE SET since = excluded.since, until = excluded.until;

-- name: end_facilitator(member_id)!
DELETE FROM facilitators WHERE member_id = :member_id;

-- name: facilitator_since(member_id)$
SELECT since FROM facilitators WHERE member_id = :member_id;

-- name: facilitators_of(centre_id, now)
SELECT m.id AS member_id, m.telegram_id, m.name, m.role,
    COALESCE(p.language, c.language) AS language, f.since, f.until
FROM facilitators AS f
JOIN members AS m ON m.id = f.member_id
JOIN centres AS c ON c.id = m.centre_id
LEFT JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE m.centre_id = :centre_id AND m.status = 'active' AND (f.until IS NULL OR f.until > :now)
ORDER BY m.id;
