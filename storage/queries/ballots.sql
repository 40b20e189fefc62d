-- name: cast_ballot(telegram_id, centre_id, decision_id, choice, now, group_id)^
INSERT INTO ballots (decision_id, member_id, choice)
SELECT decisions.id, members.id, CAST(:choice AS TEXT)
FROM decisions
JOIN centres ON centres.id = decisions.centre_id
JOIN members ON members.centre_id = decisions.centre_id
JOIN electors ON electors.decision_id = decisions.id AND electors.member_id = members.id
WHERE decisions.id = :decision_id
    AND decisions.centre_id = :centre_id
    AND decisions.status = 'open'
    AND (decisions.closes_at IS NULL OR decisions.closes_at > :now)
    AND members.telegram_id = :telegram_id
    AND members.status = 'active'
    AND (CAST(:group_id AS BIGINT) = 0 OR centres.chat_id = CAST(:group_id AS BIGINT))
ON CONFLICT (decision_id, member_id) DO UPDATE SET choice = excluded.choice
RETURNING
    (SELECT decisions.closes_at FROM decisions WHERE decisions.id = ballots.decision_id)
    AS closes_at,
    (SELECT centres.zone FROM centres WHERE centres.id = CAST(:centre_id AS BIGINT)) AS zone,
    (SELECT people.language FROM people WHERE people.telegram_id = CAST(:telegram_id AS BIGINT))
    AS language;

-- name: ballots_of_member(centre_id, member_id)
SELECT electors.decision_id, ballots.choice
FROM electors
JOIN decisions ON decisions.id = electors.decision_id
LEFT JOIN ballots
    ON ballots.decision_id = electors.decision_id AND ballots.member_id = electors.member_id
WHERE electors.member_id = :member_id
    AND decisions.centre_id = :centre_id AND decisions.status = 'open'
ORDER BY electors.decision_id;

-- name: count_ballots(decision_id)
SELECT choice, COUNT(*) AS ballots
FROM ballots
WHERE decision_id = :decision_id
GROUP BY choice
ORDER BY choice;

-- name: forget_ballots(member_id)!
DELETE FROM ballots WHERE member_id = :member_id;

-- name: forget_elector(member_id)!
DELETE FROM electors WHERE member_id = :member_id;

-- name: keep_ballots(decision_id)!
INSERT INTO ballots_kept (decision_id, member_id, choice)
SELECT decision_id, member_id, choice FROM ballots WHERE decision_id <> :decision_id;

-- name: keep_electors(decision_id)!
INSERT INTO electors_kept (decision_id, member_id)
SELECT decision_id, member_id FROM electors WHERE decision_id <> :decision_id;

-- name: clear_ballots()!
DELETE FROM ballots;

-- name: clear_electors()!
DELETE FROM electors;

-- name: restore_ballots()!
INSERT INTO ballots (decision_id, member_id, choice)
SELECT decision_id, member_id, choice FROM ballots_kept ORDER BY decision_id, member_id;

-- name: restore_electors()!
INSERT INTO electors (decision_id, member_id)
SELECT decision_id, member_id FROM electors_kept ORDER BY decision_id, member_id;

-- name: clear_ballots_kept()!
DELETE FROM ballots_kept;

-- name: clear_electors_kept()!
DELETE FROM electors_kept;
