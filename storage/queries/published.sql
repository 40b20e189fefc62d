-- name: publish_ballot(decision_id, tracker, choice, reason, role)!
INSERT INTO published_ballots (decision_id, tracker, choice, reason, role)
VALUES (:decision_id, :tracker, :choice, :reason, :role);

-- name: published_ballots(decision_id)
SELECT tracker, choice, reason, role
FROM published_ballots
WHERE decision_id = :decision_id
ORDER BY tracker;

-- name: add_to_roll(decision_id, commitment)!
INSERT INTO turnout_roll (decision_id, commitment) VALUES (:decision_id, :commitment);

-- name: turnout_roll(decision_id)
SELECT commitment
FROM turnout_roll
WHERE decision_id = :decision_id
ORDER BY commitment;

-- name: is_on_roll(decision_id, commitment)$
SELECT 1 FROM turnout_roll WHERE decision_id = :decision_id AND commitment = :commitment;

-- name: call_roll(decision_id, position, member_id, choice, reason, role)!
INSERT INTO roll_call (decision_id, position, member_id, choice, reason, role)
VALUES (:decision_id, :position, :member_id, :choice, :reason, :role);

-- name: roll_call(decision_id)
SELECT members.name, roll_call.choice, roll_call.reason, roll_call.role
FROM roll_call
LEFT JOIN members ON members.id = roll_call.member_id
WHERE roll_call.decision_id = :decision_id
ORDER BY roll_call.position;

-- name: own_call(decision_id, member_id)$
SELECT choice FROM roll_call WHERE decision_id = :decision_id AND member_id = :member_id;

-- name: turnout_of_decision(decision_id)^
SELECT electorate_hash, heads FROM decisions WHERE id = :decision_id;
