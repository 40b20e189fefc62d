-- Supports count while their member is active. `supported` is about the viewer, who is 0 where
-- nobody in particular looks. The author's name is there only where it may be shown.

-- name: open_proposals(centre_id, viewer_id)
SELECT p.id, p.centre_id, p.author_id, p.title, p.reason, p.named,
       COALESCE(p.ended, p.status) AS status, p.created_at, p.edited_at, a.name AS author_name,
       COUNT(*) FILTER (WHERE m.role = 'user') AS users,
       COUNT(*) FILTER (WHERE m.role = 'family') AS families,
       COUNT(*) FILTER (WHERE m.role = 'professional') AS professionals,
       COUNT(*) FILTER (WHERE m.id = :viewer_id) AS supported
FROM proposals p
LEFT JOIN members a ON a.id = p.author_id AND a.status = 'active' AND p.named = 1
LEFT JOIN supports s ON s.proposal_id = p.id
LEFT JOIN members m ON m.id = s.member_id AND m.status = 'active'
WHERE p.centre_id = :centre_id AND p.status = 'open'
GROUP BY p.id, p.centre_id, p.author_id, p.title, p.reason, p.named, p.status, p.ended,
         p.created_at, p.edited_at, a.name
ORDER BY p.id;

-- name: proposal(centre_id, id, viewer_id)^
SELECT p.id, p.centre_id, p.author_id, p.title, p.reason, p.named,
       COALESCE(p.ended, p.status) AS status, p.created_at, p.edited_at, a.name AS author_name,
       COUNT(*) FILTER (WHERE m.role = 'user') AS users,
       COUNT(*) FILTER (WHERE m.role = 'family') AS families,
       COUNT(*) FILTER (WHERE m.role = 'professional') AS professionals,
       COUNT(*) FILTER (WHERE m.id = :viewer_id) AS supported
FROM proposals p
LEFT JOIN members a ON a.id = p.author_id AND a.status = 'active' AND p.named = 1
LEFT JOIN supports s ON s.proposal_id = p.id
LEFT JOIN members m ON m.id = s.member_id AND m.status = 'active'
WHERE p.centre_id = :centre_id AND p.id = :id
GROUP BY p.id, p.centre_id, p.author_id, p.title, p.reason, p.named, p.status, p.ended,
         p.created_at, p.edited_at, a.name
ORDER BY p.id;

-- name: centre_of_proposal(id)$
SELECT centre_id FROM proposals WHERE id = :id;

-- name: proposals_of(member_id)
SELECT id, title, COALESCE(ended, status) AS status, COALESCE(edited_at, created_at) AS touched_at
FROM proposals
WHERE author_id = :member_id
ORDER BY id DESC;

-- name: add_proposal(centre_id, author_id, title, reason, named, at)$
INSERT INTO proposals (centre_id, author_id, title, reason, named, status, created_at)
VALUES (:centre_id, :author_id, :title, :reason, :named, 'open', :at)
RETURNING id;

-- name: edit_proposal(centre_id, id, author_id, title, reason, named, at)!
UPDATE proposals
SET title = :title, reason = :reason, named = :named, edited_at = :at
WHERE id = :id AND centre_id = :centre_id AND author_id = :author_id AND status = 'open';

-- name: withdraw_proposal(centre_id, id, author_id)!
UPDATE proposals
SET status = 'withdrawn'
WHERE id = :id AND centre_id = :centre_id AND author_id = :author_id AND status = 'open';

-- name: every_open_proposal()
SELECT id, centre_id, created_at FROM proposals WHERE status = 'open' ORDER BY id;

-- name: every_named_proposal()
SELECT id, centre_id, created_at FROM proposals WHERE named = 1 ORDER BY id;

-- name: unname_proposal(id)!
UPDATE proposals SET named = 0 WHERE id = :id AND named = 1;

-- name: take_off_list(id)!
UPDATE proposals SET status = 'withdrawn' WHERE id = :id AND status = 'open';

-- name: forget_supports(id)!
DELETE FROM supports WHERE proposal_id = :id;

-- name: add_support(centre_id, proposal_id, member_id)!
INSERT INTO supports (proposal_id, member_id)
SELECT p.id, m.id
FROM proposals p
JOIN members m ON m.centre_id = p.centre_id AND m.status = 'active'
WHERE p.id = :proposal_id AND p.centre_id = :centre_id AND p.status = 'open' AND m.id = :member_id
ON CONFLICT (proposal_id, member_id) DO NOTHING;

-- name: take_support_back(centre_id, proposal_id, member_id)!
DELETE FROM supports
WHERE member_id = :member_id AND proposal_id IN (
    SELECT p.id FROM proposals p
    WHERE p.id = :proposal_id AND p.centre_id = :centre_id AND p.status = 'open'
);

-- name: reasons_on_agenda(assembly_id)
SELECT i.id AS item_id, p.reason
FROM agenda_items i JOIN proposals p ON p.id = i.proposal_id
WHERE i.assembly_id = :assembly_id AND p.status <> 'withdrawn' AND p.reason IS NOT NULL
ORDER BY i.position;
