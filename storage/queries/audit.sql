-- What facilitators did with decisions. Nothing here changes or deletes a row.

-- name: note_in_audit(centre_id, decision_id, at, member_id, action, detail)!
INSERT INTO audit (centre_id, decision_id, at, member_id, action, detail)
VALUES (:centre_id, :decision_id, :at, :member_id, :action, CAST(:detail AS TEXT));

-- name: audit_of_decision(centre_id, decision_id, most)
-- The name only of those who still take part.
SELECT a.at, a.action, a.detail, m.name
FROM audit AS a
LEFT JOIN members AS m ON m.id = a.member_id AND m.status = 'active'
WHERE a.decision_id = :decision_id AND a.centre_id = :centre_id
ORDER BY a.id DESC
LIMIT :most;

-- name: count_audit(centre_id, decision_id)$
SELECT COUNT(*) FROM audit WHERE decision_id = :decision_id AND centre_id = :centre_id;
