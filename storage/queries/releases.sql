-- name: add_release(window_id, question, c, band, halves)!
INSERT INTO releases (window_id, question, c, band, halves)
VALUES (:window_id, :question, :c, :band, :halves);

-- name: add_release_of_role(window_id, question, role, band, halves)!
INSERT INTO release_roles (window_id, question, role, band, halves)
VALUES (:window_id, :question, :role, :band, :halves);

-- name: last_number(centre_id, questionnaire)$
SELECT MIN(r.c)
FROM releases AS r
WHERE r.window_id = (
    SELECT w.id FROM windows AS w
    WHERE w.centre_id = :centre_id AND w.questionnaire = :questionnaire AND w.status = 'released'
    ORDER BY w.week DESC
    LIMIT 1
);

-- name: told_about(centre_id, questionnaire, question, most)
SELECT w.starts_at, w.ends_at, r.band, r.halves
FROM releases AS r
JOIN windows AS w ON w.id = r.window_id
WHERE w.centre_id = :centre_id AND w.questionnaire = :questionnaire AND r.question = :question
ORDER BY w.week DESC
LIMIT :most;
