-- name: answer_attendance(assembly_id, member_id, answer)!
INSERT INTO attendances (assembly_id, member_id, answer)
VALUES (:assembly_id, :member_id, :answer)
ON CONFLICT (assembly_id, member_id) DO UPDATE SET answer = excluded.answer;

-- name: attendance_of(assembly_id, member_id)$
SELECT answer FROM attendances WHERE assembly_id = :assembly_id AND member_id = :member_id;

-- name: count_coming(assembly_id)$
SELECT COUNT(*)
FROM attendances a JOIN members m ON m.id = a.member_id
WHERE a.assembly_id = :assembly_id AND a.answer = 'yes' AND m.status = 'active';

-- name: clear_attendances(assembly_id)!
DELETE FROM attendances WHERE assembly_id = :assembly_id;

-- name: want_reminders(member_id)!
INSERT INTO reminder_settings (member_id) VALUES (:member_id)
ON CONFLICT (member_id) DO NOTHING;

-- name: drop_reminders(member_id)!
DELETE FROM reminder_settings WHERE member_id = :member_id;

-- name: wants_reminders(member_id)$
SELECT 1 FROM reminder_settings WHERE member_id = :member_id;

-- name: reminded_privately(centre_id, assembly_id)
SELECT m.id AS member_id, m.telegram_id, p.language, a.answer
FROM reminder_settings w
    JOIN members m ON m.id = w.member_id
    JOIN people p ON p.telegram_id = m.telegram_id
    LEFT JOIN attendances a ON a.member_id = m.id AND a.assembly_id = :assembly_id
WHERE m.centre_id = :centre_id AND m.status = 'active' AND p.writable = 1
    AND (a.answer IS NULL OR a.answer <> 'no')
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    )
ORDER BY m.id;

-- name: drop_attendances_of_over(centre_id)!
-- Who wanted to come is nobody's business once it is over.
DELETE FROM attendances WHERE assembly_id IN (
    SELECT a.id FROM assemblies AS a
    WHERE a.centre_id = :centre_id AND a.status IN ('closed', 'cancelled')
);

-- name: over_lately(centre_id, since, before)
SELECT id FROM assemblies
WHERE centre_id = :centre_id AND status IN ('closed', 'cancelled')
    AND COALESCE(closed_at, starts_at) >= :since AND COALESCE(closed_at, starts_at) < :before
ORDER BY id;
