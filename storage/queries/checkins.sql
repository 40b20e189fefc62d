-- name: enrol_in_checkins(member_id, weekday, hour, minute)!
INSERT INTO checkin_settings (member_id, weekday, hour, minute, paused_until, active)
VALUES (:member_id, :weekday, :hour, :minute, NULL, 1)
ON CONFLICT (member_id) DO UPDATE SET active = 1, paused_until = NULL;

-- name: checkin_wish(member_id)^
SELECT member_id, weekday, hour, minute, paused_until, active
FROM checkin_settings
WHERE member_id = :member_id;

-- name: planned_checkins(kind, centre_id)
SELECT s.subject_id AS member_id, s.next_at, s.rule
FROM schedules AS s
JOIN members AS m ON m.id = s.subject_id
WHERE s.kind = :kind AND m.centre_id = :centre_id AND s.next_at IS NOT NULL
ORDER BY s.id;

-- name: set_checkin_time(member_id, weekday, hour, minute)!
UPDATE checkin_settings SET weekday = :weekday, hour = :hour, minute = :minute
WHERE member_id = :member_id AND active = 1;

-- name: pause_checkins(member_id, until)!
UPDATE checkin_settings SET paused_until = :until
WHERE member_id = :member_id AND active = 1;

-- name: stop_checkins(member_id)!
UPDATE checkin_settings SET active = 0, paused_until = NULL
WHERE member_id = :member_id AND active = 1;

-- name: checkin_recipients(centre_id, member_id, now)
-- Everybody in a centre, or one member: the other is 0, which is nobody's id.
SELECT m.id, m.centre_id, m.telegram_id, p.language, c.name AS centre_name, c.zone,
    (
        SELECT COUNT(*) FROM members every_one
        WHERE every_one.telegram_id = m.telegram_id AND every_one.status = 'active'
    ) AS centres
FROM members m
JOIN people p ON p.telegram_id = m.telegram_id
JOIN centres c ON c.id = m.centre_id
JOIN checkin_settings w ON w.member_id = m.id
WHERE (m.centre_id = :centre_id OR m.id = :member_id)
    AND m.status = 'active' AND p.writable = 1 AND w.active = 1
    AND (w.paused_until IS NULL OR w.paused_until <= :now)
    AND EXISTS (
        SELECT 1 FROM consents g
        WHERE g.member_id = m.id AND g.purpose = 'checkin' AND g.withdrawn_at IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM consents r
        WHERE r.member_id = m.id AND r.withdrawn_at IS NULL AND r.rests = 1
    )
ORDER BY m.id;

-- name: last_sent_in_centre(centre_id, questionnaire)$
SELECT MAX(r.sent_at)
FROM rounds r JOIN members m ON m.id = r.member_id
WHERE m.centre_id = :centre_id AND r.questionnaire = :questionnaire;

-- name: last_sent_by_member(centre_id, questionnaire)
SELECT r.member_id, MAX(r.sent_at) AS sent_at
FROM rounds r JOIN members m ON m.id = r.member_id
WHERE m.centre_id = :centre_id AND r.questionnaire = :questionnaire
GROUP BY r.member_id
ORDER BY r.member_id;

-- name: closed_in_window(centre_id, questionnaire, since, until, sent_since)$
SELECT 1
FROM rounds r JOIN members m ON m.id = r.member_id
WHERE m.centre_id = :centre_id AND r.questionnaire = :questionnaire
    AND r.closes_at >= :since AND r.closes_at < :until AND r.sent_at >= :sent_since
LIMIT 1;

-- name: add_round(member_id, questionnaire, sent_at, closes_at)$
INSERT INTO rounds (member_id, questionnaire, sent_at, closes_at)
VALUES (:member_id, :questionnaire, :sent_at, :closes_at)
ON CONFLICT (member_id, questionnaire, sent_at) DO NOTHING
RETURNING id;

-- name: round_of_member(member_id, round_id)^
SELECT id, member_id, questionnaire, sent_at, closes_at, closed
FROM rounds
WHERE id = :round_id AND member_id = :member_id;

-- name: round_by_id(round_id)^
SELECT id, member_id, questionnaire, sent_at, closes_at, closed
FROM rounds
WHERE id = :round_id;

-- name: last_round(member_id, questionnaire)^
SELECT id, member_id, questionnaire, sent_at, closes_at, closed
FROM rounds
WHERE member_id = :member_id AND questionnaire = :questionnaire
ORDER BY sent_at DESC
LIMIT 1;

-- name: close_round(round_id)$
UPDATE rounds SET closed = 1
WHERE id = :round_id AND closed = 0
RETURNING id;

-- name: rounds_without_state()
SELECT r.id, r.member_id, r.questionnaire, r.sent_at, r.closes_at, r.closed
FROM rounds AS r
WHERE r.closed = 0 AND NOT EXISTS (SELECT 1 FROM round_states AS s WHERE s.round_id = r.id)
ORDER BY r.id;

-- name: round_states_after(round_id, most)
SELECT r.id, r.member_id, r.questionnaire, r.sent_at, r.closes_at, r.closed, s.sealed, m.centre_id
FROM round_states AS s
JOIN rounds AS r ON r.id = s.round_id
JOIN members AS m ON m.id = r.member_id
WHERE s.round_id > :round_id
ORDER BY s.round_id
LIMIT :most;

-- name: round_states_of_centre(centre_id)
SELECT r.id, r.member_id, r.questionnaire, r.sent_at, r.closes_at, r.closed, s.sealed, m.centre_id
FROM members AS m
JOIN rounds AS r ON r.member_id = m.id
JOIN round_states AS s ON s.round_id = r.id
WHERE m.centre_id = :centre_id
ORDER BY s.round_id;

-- name: round_states_of_person(telegram_id)
SELECT r.id, r.member_id, r.questionnaire, r.sent_at, r.closes_at, r.closed, s.sealed, m.centre_id
FROM members AS m
JOIN rounds AS r ON r.member_id = m.id
JOIN round_states AS s ON s.round_id = r.id
WHERE m.telegram_id = :telegram_id
ORDER BY r.id;

-- name: round_state(round_id)$
SELECT sealed FROM round_states WHERE round_id = :round_id;

-- name: add_round_state(round_id, sealed)!
INSERT INTO round_states (round_id, sealed) VALUES (:round_id, :sealed);

-- name: replace_round_state(round_id, sealed)!
UPDATE round_states SET sealed = :sealed WHERE round_id = :round_id;

-- name: remove_round_state(round_id)!
DELETE FROM round_states WHERE round_id = :round_id;

-- name: clear_round_states_between(lowest, highest)!
DELETE FROM round_states WHERE round_id BETWEEN :lowest AND :highest;

-- name: clear_round_states_of_centre(centre_id)!
DELETE FROM round_states
WHERE round_id IN (
    SELECT r.id FROM members AS m JOIN rounds AS r ON r.member_id = m.id
    WHERE m.centre_id = :centre_id
);

-- name: forget_round_messages()!
-- The range is found by the index.
DELETE FROM messages
WHERE ref >= 'round:' AND ref < 'round:zzzz' AND substr(ref, 1, 6) = 'round:';

-- name: add_answers(round_id, answered, sealed)!
-- By the questionnaire's name: all of them in one row.
INSERT INTO answers (round_id, question, sealed)
VALUES (:round_id, :answered, :sealed);

-- name: answers_of_round(round_id)
SELECT question AS answered, sealed
FROM answers
WHERE round_id = :round_id
ORDER BY question;

-- name: remove_answers(round_id)!
DELETE FROM answers WHERE round_id = :round_id;

-- name: answers_of_last_rounds(member_id, questionnaire, rounds)
SELECT r.id AS round_id, r.sent_at, a.question AS answered, a.sealed
FROM rounds r
JOIN answers a ON a.round_id = r.id
WHERE r.id IN (
    SELECT newest.id FROM rounds newest
    WHERE newest.member_id = :member_id AND newest.questionnaire = :questionnaire
    ORDER BY newest.sent_at DESC
    LIMIT :rounds
)
ORDER BY r.sent_at, r.id, a.question;

-- name: answers_in_window(centre_id, questionnaire, since, until, sent_since)
SELECT m.id AS member_id, m.role, r.id AS round_id, a.question AS answered, a.sealed
FROM rounds r
JOIN members m ON m.id = r.member_id
JOIN answers a ON a.round_id = r.id
WHERE m.centre_id = :centre_id AND m.status = 'active' AND r.questionnaire = :questionnaire
    AND r.closes_at >= :since AND r.closes_at < :until AND r.sent_at >= :sent_since
    AND EXISTS (
        SELECT 1 FROM consents g
        WHERE g.member_id = m.id AND g.purpose = 'checkin' AND g.withdrawn_at IS NULL
    )
    AND NOT EXISTS (
        SELECT 1 FROM consents r
        WHERE r.member_id = m.id AND r.withdrawn_at IS NULL AND r.rests = 1
    )
ORDER BY m.id, r.id, a.question;
