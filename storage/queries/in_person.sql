-- name: hall_people(assembly_id)
SELECT role, people FROM in_person_headcounts WHERE assembly_id = :assembly_id ORDER BY role;

-- name: say_hall_people(centre_id, assembly_id, role, people)!
INSERT INTO in_person_headcounts (assembly_id, role, people)
SELECT a.id, CAST(:role AS TEXT), CAST(:people AS BIGINT)
FROM assemblies AS a
WHERE a.id = :assembly_id AND a.centre_id = :centre_id AND a.status = 'open'
ON CONFLICT (assembly_id, role) DO UPDATE SET people = excluded.people;

-- name: drop_hall_people_by_role(assembly_id)!
DELETE FROM in_person_headcounts WHERE assembly_id = :assembly_id AND role <> 'any';

-- name: drop_hall_people_of_all(assembly_id)!
DELETE FROM in_person_headcounts
WHERE assembly_id = :assembly_id AND role = 'any' AND (
    SELECT COUNT(*) FROM in_person_headcounts AS c
    WHERE c.assembly_id = :assembly_id AND c.role <> 'any'
) = 3;

-- name: confirmed_in_person_people(decision_id)$
SELECT people FROM in_person_entries WHERE decision_id = :decision_id AND state = 'confirmed';

-- name: hall_ballots_of_assembly(assembly_id)
SELECT b.decision_id, b.role, b.choice, b.ballots
FROM in_person_ballots AS b JOIN decisions AS d ON d.id = b.decision_id
WHERE d.assembly_id = :assembly_id AND d.status = 'open'
ORDER BY b.decision_id, b.role, b.choice;

-- name: in_person_entry(centre_id, decision_id)^
SELECT e.entry, e.state, e.entered_by, e.entered_role, e.confirmed_by, e.people,
    one.name AS enterer, other.name AS checker
FROM in_person_entries AS e
JOIN decisions AS d ON d.id = e.decision_id
LEFT JOIN members AS one ON one.id = e.entered_by
LEFT JOIN members AS other ON other.id = e.confirmed_by
WHERE e.decision_id = :decision_id AND d.centre_id = :centre_id;

-- name: in_person_ballots_of(decision_id)
SELECT role, choice, ballots FROM in_person_ballots
WHERE decision_id = :decision_id
ORDER BY role, choice;

-- name: begin_in_person_entry(centre_id, decision_id, member_id, role, now)!
INSERT INTO in_person_entries (decision_id, entry, state, entered_by, entered_role)
SELECT d.id, 1, 'counting', CAST(:member_id AS BIGINT), CAST(:role AS TEXT)
FROM decisions AS d JOIN assemblies AS a ON a.id = d.assembly_id
WHERE d.id = :decision_id AND d.centre_id = :centre_id AND d.status = 'open'
    AND (d.closes_at IS NULL OR d.closes_at > CAST(:now AS BIGINT))
    AND a.status = 'open'
ON CONFLICT (decision_id) DO NOTHING;

-- name: restart_in_person_entry(decision_id, member_id, role, entry)!
UPDATE in_person_entries
SET entry = in_person_entries.entry + 1, state = 'counting', confirmed_by = NULL, people = NULL,
    entered_by = :member_id, entered_role = :role
WHERE decision_id = :decision_id AND entry = :entry;

-- name: touch_hall_entry(decision_id, member_id)!
UPDATE in_person_entries SET entry = in_person_entries.entry + 1
WHERE decision_id = :decision_id AND state = 'counting' AND entered_by = :member_id;

-- name: put_in_person_ballots(decision_id, role, choice, ballots)!
INSERT INTO in_person_ballots (decision_id, role, choice, ballots)
VALUES (:decision_id, :role, :choice, :ballots)
ON CONFLICT (decision_id, role, choice) DO UPDATE SET ballots = excluded.ballots;

-- name: hand_over_in_person_entry(decision_id, member_id, people)!
UPDATE in_person_entries
SET entry = in_person_entries.entry + 1, state = 'handed', confirmed_by = NULL, people = :people
WHERE decision_id = :decision_id AND state = 'counting' AND entered_by = :member_id;

-- name: take_back_in_person_entry(decision_id, member_id)!
UPDATE in_person_entries
SET entry = in_person_entries.entry + 1, state = 'counting', confirmed_by = NULL, people = NULL
WHERE decision_id = :decision_id AND state = 'handed' AND entered_by = :member_id;

-- name: check_in_person_entry(decision_id, member_id, role)!
UPDATE in_person_entries SET confirmed_by = :member_id
WHERE decision_id = :decision_id AND state = 'handed' AND confirmed_by IS NULL
    AND entered_by <> :member_id AND entered_role <> :role;

-- name: confirm_in_person_entry(decision_id, member_id, role, entry)!
UPDATE in_person_entries SET entry = in_person_entries.entry + 1, state = 'confirmed'
WHERE decision_id = :decision_id AND entry = :entry AND state = 'handed'
    AND confirmed_by = :member_id AND entered_by <> :member_id AND entered_role <> :role;

-- name: in_person_checkers(centre_id, role, now)
SELECT m.telegram_id, COALESCE(p.language, c.language) AS language
FROM facilitators AS f
JOIN members AS m ON m.id = f.member_id
JOIN centres AS c ON c.id = m.centre_id
LEFT JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE m.centre_id = :centre_id AND m.status = 'active' AND m.role <> :role
    AND (f.until IS NULL OR f.until > :now)
ORDER BY m.id;

-- name: confirmed_in_person_ballots(decision_id)
SELECT b.role, b.choice, b.ballots
FROM in_person_ballots AS b JOIN in_person_entries AS e ON e.decision_id = b.decision_id
WHERE b.decision_id = :decision_id AND e.state = 'confirmed' AND b.ballots > 0
ORDER BY b.role, b.choice;

-- name: forget_in_person_ballots(decision_id)!
DELETE FROM in_person_ballots WHERE decision_id = :decision_id;

-- name: forget_in_person_entry(decision_id)!
DELETE FROM in_person_entries WHERE decision_id = :decision_id;
