-- What facilitators did with a proposal. Nothing here changes or deletes a row.

-- name: note_in_proposal_audit(proposal_id, at, member_id, action, reason)!
INSERT INTO proposal_audit (proposal_id, at, member_id, action, reason)
VALUES (:proposal_id, :at, :member_id, :action, :reason);

-- name: audit_of_proposal(centre_id, proposal_id, most)
-- The name only of those who still take part.
SELECT a.at, a.action, a.reason, m.name
FROM proposal_audit AS a
JOIN proposals AS p ON p.id = a.proposal_id
LEFT JOIN members AS m ON m.id = a.member_id AND m.status = 'active'
WHERE a.proposal_id = :proposal_id AND p.centre_id = :centre_id
ORDER BY a.id DESC
LIMIT :most;
