-- name: may_cast(telegram_id, centre_id, decision_id, now, group_id)^
SELECT members.id AS member_id, decisions.method, decisions.dots, decisions.secrecy,
    decisions.closes_at,
    centres.zone, people.language,
    (SELECT COUNT(*) FROM decision_options AS o WHERE o.decision_id = decisions.id) AS options
FROM decisions
JOIN centres ON centres.id = decisions.centre_id
JOIN members ON members.centre_id = decisions.centre_id
JOIN electors ON electors.decision_id = decisions.id AND electors.member_id = members.id
LEFT JOIN people ON people.telegram_id = members.telegram_id
WHERE decisions.id = :decision_id
    AND decisions.centre_id = :centre_id
    AND decisions.status = 'open'
    AND (decisions.closes_at IS NULL OR decisions.closes_at > :now)
    AND members.telegram_id = :telegram_id
    AND members.status = 'active'
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = members.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    )
    AND (CAST(:group_id AS BIGINT) = 0 OR centres.chat_id = CAST(:group_id AS BIGINT));

-- name: may_be_cast_for(member_id, decision_id, now)^
SELECT members.id AS member_id, decisions.method, decisions.dots,
    (SELECT COUNT(*) FROM decision_options AS o WHERE o.decision_id = decisions.id) AS options
FROM decisions
JOIN members ON members.centre_id = decisions.centre_id
JOIN electors ON electors.decision_id = decisions.id AND electors.member_id = members.id
WHERE decisions.id = :decision_id
    AND decisions.status = 'open'
    AND (decisions.closes_at IS NULL OR decisions.closes_at > :now)
    AND members.id = :member_id
    AND members.status = 'active'
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = members.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    );

-- name: record_ballot(decision_id, tag, sealed)!
INSERT INTO ballots (decision_id, tag, sealed)
VALUES (:decision_id, :tag, :sealed)
ON CONFLICT (decision_id, tag) DO UPDATE SET sealed = excluded.sealed;

-- name: sealed_ballot(decision_id, tag)$
SELECT sealed FROM ballots WHERE decision_id = :decision_id AND tag = :tag;

-- name: sealed_ballots(decision_id)
SELECT tag, sealed FROM ballots WHERE decision_id = :decision_id ORDER BY tag;

-- name: open_to_member(centre_id, member_id)
SELECT electors.decision_id
FROM electors
JOIN decisions ON decisions.id = electors.decision_id
WHERE electors.member_id = :member_id
    AND decisions.centre_id = :centre_id AND decisions.status = 'open'
ORDER BY electors.decision_id;

-- name: open_to_person(telegram_id, now)
SELECT decisions.id AS decision_id, decisions.centre_id, decisions.method,
    members.id AS member_id
FROM members
JOIN electors ON electors.member_id = members.id
JOIN decisions ON decisions.id = electors.decision_id
WHERE members.telegram_id = :telegram_id
    AND members.status = 'active'
    AND decisions.status = 'open'
    AND (decisions.closes_at IS NULL OR decisions.closes_at > :now)
ORDER BY decisions.id;

-- name: decisions_of_elector(member_id)
SELECT decision_id FROM electors WHERE member_id = :member_id ORDER BY decision_id;

-- name: forget_ballot(decision_id, tag)!
DELETE FROM ballots WHERE decision_id = :decision_id AND tag = :tag;

-- name: forget_elector(member_id)!
DELETE FROM electors WHERE member_id = :member_id;

-- name: remove_ballots(decision_id)!
DELETE FROM ballots WHERE decision_id = :decision_id;

-- name: remove_electors(decision_id)!
DELETE FROM electors WHERE decision_id = :decision_id;
