-- name: begin_calendar(centre_id, questionnaire, first_day)$
INSERT INTO calendars (centre_id, questionnaire, first_day)
VALUES (:centre_id, :questionnaire, :first_day)
ON CONFLICT (centre_id, questionnaire) DO NOTHING
RETURNING centre_id;

-- name: calendar_of(centre_id, questionnaire)$
SELECT first_day FROM calendars WHERE centre_id = :centre_id AND questionnaire = :questionnaire;

-- name: latest_window(centre_id, questionnaire)^
SELECT id, centre_id, questionnaire, week, tier, starts_at, ends_at, status
FROM windows
WHERE centre_id = :centre_id AND questionnaire = :questionnaire
ORDER BY week DESC
LIMIT 1;

-- name: add_window(centre_id, questionnaire, week, tier, starts_at, ends_at)$
INSERT INTO windows (centre_id, questionnaire, week, tier, starts_at, ends_at, status)
VALUES (:centre_id, :questionnaire, :week, :tier, :starts_at, :ends_at, 'open')
RETURNING id;

-- name: settle_window(id, status, charge)!
UPDATE windows SET status = :status, charge = :charge
WHERE id = :id AND status = 'open';

-- name: charges_between(centre_id, questionnaire, first_week, last_week)
SELECT charge
FROM windows
WHERE centre_id = :centre_id AND questionnaire = :questionnaire
    AND week BETWEEN :first_week AND :last_week
ORDER BY week;

-- name: note_window_members(window_id, centre_id, joined_by)!
INSERT INTO window_members (window_id, member_id, role)
SELECT CAST(:window_id AS BIGINT), m.id, m.role
FROM members AS m
WHERE m.centre_id = :centre_id AND m.status = 'active' AND m.not_counted = 0 AND m.joined_at <= :joined_by
    AND EXISTS (
        SELECT 1 FROM consents AS g
        WHERE g.member_id = m.id AND g.purpose = 'checkin' AND g.withdrawn_at IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.withdrawn_at IS NULL AND r.rests = 1
    )
ORDER BY m.id;

-- name: window_members_of(window_id)
SELECT member_id, role FROM window_members WHERE window_id = :window_id ORDER BY member_id;

-- name: forget_window_member(member_id)!
DELETE FROM window_members WHERE member_id = :member_id;

-- name: remove_window_members(window_id)!
DELETE FROM window_members WHERE window_id = :window_id;
