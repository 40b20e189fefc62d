-- name: stop_closing_reminders(member_id)!
INSERT INTO closing_reminders_off (member_id) VALUES (:member_id)
ON CONFLICT (member_id) DO NOTHING;

-- name: want_closing_reminders(member_id)!
DELETE FROM closing_reminders_off WHERE member_id = :member_id;

-- name: refuses_closing_reminders(member_id)$
SELECT 1 FROM closing_reminders_off WHERE member_id = :member_id;

-- name: reached_before_closing(decision_id)
SELECT m.id AS member_id, m.telegram_id, p.language
FROM electors AS e
JOIN members AS m ON m.id = e.member_id
JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE e.decision_id = :decision_id AND m.status = 'active' AND p.writable = 1
    AND NOT EXISTS (SELECT 1 FROM closing_reminders_off AS o WHERE o.member_id = m.id)
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    )
ORDER BY m.id;

-- name: reached_still(centre_id, decision_id, telegram_id)$
SELECT m.id
FROM electors AS e
JOIN decisions AS d ON d.id = e.decision_id
JOIN members AS m ON m.id = e.member_id
JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE e.decision_id = :decision_id AND d.centre_id = :centre_id AND d.status = 'open'
    AND m.telegram_id = :telegram_id AND m.status = 'active' AND p.writable = 1
    AND NOT EXISTS (SELECT 1 FROM closing_reminders_off AS o WHERE o.member_id = m.id)
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    );
