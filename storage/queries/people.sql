-- name: meet_person(telegram_id, language, created_at)!
INSERT INTO people (telegram_id, language, created_at)
VALUES (:telegram_id, :language, :created_at)
ON CONFLICT (telegram_id) DO NOTHING;

-- name: person(telegram_id)^
SELECT telegram_id, language, current_centre_id, writable, created_at
FROM people
WHERE telegram_id = :telegram_id;

-- name: person_of_member(member_id)^
SELECT people.telegram_id, people.language, people.current_centre_id, people.writable,
    people.created_at
FROM people JOIN members ON members.telegram_id = people.telegram_id
WHERE members.id = :member_id AND members.status = 'active';

-- name: set_person_language(telegram_id, language)!
UPDATE people SET language = :language WHERE telegram_id = :telegram_id;

-- name: current_centre_of(telegram_id)$
SELECT p.current_centre_id
FROM people AS p
JOIN members AS m ON m.centre_id = p.current_centre_id AND m.telegram_id = p.telegram_id
WHERE p.telegram_id = :telegram_id AND m.status = 'active';

-- name: first_centre_of(telegram_id)$
SELECT MIN(centre_id) FROM members WHERE telegram_id = :telegram_id AND status = 'active';

-- name: set_current_centre_of(telegram_id, centre_id)!
UPDATE people SET current_centre_id = :centre_id WHERE telegram_id = :telegram_id;

-- name: set_person_writable(telegram_id, writable)!
UPDATE people SET writable = :writable WHERE telegram_id = :telegram_id;

-- name: set_person_reached(telegram_id)!
UPDATE people SET writable = 1 WHERE telegram_id = :telegram_id AND writable = 0;

-- name: leave_current_centre(telegram_id, centre_id)!
UPDATE people SET current_centre_id = NULL
WHERE telegram_id = :telegram_id AND current_centre_id = :centre_id;
