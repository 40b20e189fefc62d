-- What stands under a proposal. A name is there only where it may be shown.

-- name: comments_of(centre_id, proposal_id)
SELECT c.id, c.proposal_id, p.centre_id, c.author_id, a.name AS author_name, c.text, c.named,
    c.written_at, c.answer, c.hidden, p.author_id AS proposal_author_id,
    p.status AS proposal_status
FROM comments AS c
JOIN proposals AS p ON p.id = c.proposal_id
LEFT JOIN members AS a ON a.id = c.author_id AND a.status = 'active' AND c.named = 1
WHERE c.proposal_id = :proposal_id AND p.centre_id = :centre_id
ORDER BY c.id;

-- name: comment(centre_id, comment_id)^
SELECT c.id, c.proposal_id, p.centre_id, c.author_id, a.name AS author_name, c.text, c.named,
    c.written_at, c.answer, c.hidden, p.author_id AS proposal_author_id,
    p.status AS proposal_status
FROM comments AS c
JOIN proposals AS p ON p.id = c.proposal_id
LEFT JOIN members AS a ON a.id = c.author_id AND a.status = 'active' AND c.named = 1
WHERE c.id = :comment_id AND p.centre_id = :centre_id
    AND (p.ended IS NULL OR p.ended <> 'taken-down');

-- name: count_comments(proposal_id)$
SELECT COUNT(*) FROM comments WHERE proposal_id = :proposal_id AND hidden IS NULL;

-- name: count_unanswered(proposal_id)$
-- What waits for the proposal's author: of others, shown, and without an answer.
SELECT COUNT(*)
FROM comments AS c JOIN proposals AS p ON p.id = c.proposal_id
WHERE c.proposal_id = :proposal_id AND c.hidden IS NULL AND c.answer IS NULL
    AND p.status = 'open' AND (c.author_id IS NULL OR c.author_id <> p.author_id);

-- name: comments_by(proposal_id, member_id)$
SELECT COUNT(*) FROM comments WHERE proposal_id = :proposal_id AND author_id = :member_id;

-- name: add_comment(centre_id, proposal_id, member_id, text, named, most, now)$
INSERT INTO comments (proposal_id, author_id, text, named, written_at)
SELECT p.id, m.id, CAST(:text AS TEXT), CAST(:named AS BIGINT), CAST(:now AS BIGINT)
FROM proposals AS p JOIN members AS m ON m.centre_id = p.centre_id AND m.status = 'active'
WHERE p.id = :proposal_id AND p.centre_id = :centre_id AND p.status = 'open'
    AND m.id = :member_id AND (
        SELECT COUNT(*) FROM comments AS c
        WHERE c.proposal_id = :proposal_id AND c.author_id = :member_id
    ) < CAST(:most AS BIGINT)
RETURNING id;

-- name: answer_comment(comment_id, member_id, text)!
UPDATE comments SET answer = :text
WHERE id = :comment_id AND hidden IS NULL AND EXISTS (
    SELECT 1 FROM proposals AS p
    WHERE p.id = comments.proposal_id AND p.author_id = :member_id AND p.status = 'open'
);

-- name: take_comment_back(comment_id, member_id)!
DELETE FROM comments WHERE id = :comment_id AND author_id = :member_id;

-- name: hide_comment(comment_id, reason)!
UPDATE comments SET hidden = :reason WHERE id = :comment_id AND hidden IS NULL;

-- name: show_comment(comment_id)!
UPDATE comments SET hidden = NULL WHERE id = :comment_id AND hidden IS NOT NULL;

-- name: every_comment()
SELECT c.id, p.centre_id, c.author_id, c.written_at, c.hidden
FROM comments AS c JOIN proposals AS p ON p.id = c.proposal_id
ORDER BY c.id;

-- name: drop_comment(comment_id)!
DELETE FROM comments WHERE id = :comment_id;

-- name: forget_comments(proposal_id)!
DELETE FROM comments WHERE proposal_id = :proposal_id;
