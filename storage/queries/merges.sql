-- Two proposals put together. A proposal is asked about in one pair at a time.

-- name: suggest_merge(centre_id, kept_id, merged_id, member_id, now)!
INSERT INTO merges (merged_id, kept_id, status, at, suggested_by)
SELECT g.id, k.id, 'asked', CAST(:now AS BIGINT), CAST(:member_id AS BIGINT)
FROM proposals AS g JOIN proposals AS k ON k.centre_id = g.centre_id
WHERE g.id = :merged_id AND k.id = :kept_id AND g.id <> k.id AND g.centre_id = :centre_id
    AND g.status = 'open' AND k.status = 'open'
    AND NOT EXISTS (
        SELECT 1 FROM merges AS m
        WHERE m.status = 'asked'
            AND (
                m.merged_id = :merged_id OR m.merged_id = :kept_id
                OR m.kept_id = :merged_id OR m.kept_id = :kept_id
            )
    )
ON CONFLICT (merged_id) DO NOTHING;

-- name: merge(merged_id)^
SELECT m.merged_id, m.kept_id, m.status, m.at, m.suggested_by, m.kept_answer, m.merged_answer,
    g.centre_id, g.title AS merged_title, k.title AS kept_title, g.author_id AS merged_author_id,
    k.author_id AS kept_author_id, g.status AS merged_status, k.status AS kept_status,
    CASE WHEN a.id IS NULL OR (a.status = 'left' AND a.restricted_at IS NULL) THEN 1 ELSE 0 END
        AS merged_gone,
    CASE WHEN b.id IS NULL OR (b.status = 'left' AND b.restricted_at IS NULL) THEN 1 ELSE 0 END
        AS kept_gone
FROM merges AS m
JOIN proposals AS g ON g.id = m.merged_id
JOIN proposals AS k ON k.id = m.kept_id
LEFT JOIN members AS a ON a.id = g.author_id
LEFT JOIN members AS b ON b.id = k.author_id
WHERE m.merged_id = :merged_id;

-- name: merges_asked_about(proposal_id)
SELECT merged_id FROM merges
WHERE status = 'asked' AND (merged_id = :proposal_id OR kept_id = :proposal_id)
ORDER BY merged_id;

-- name: ask_merge_anew(merged_id, now)!
UPDATE merges SET at = :now, kept_answer = NULL, merged_answer = NULL
WHERE merged_id = :merged_id AND status = 'asked';

-- name: answer_as_kept(merged_id, member_id, answer)!
UPDATE merges SET kept_answer = :answer
WHERE merged_id = :merged_id AND status = 'asked' AND EXISTS (
    SELECT 1 FROM proposals AS p WHERE p.id = merges.kept_id AND p.author_id = :member_id
);

-- name: answer_as_merged(merged_id, member_id, answer)!
UPDATE merges SET merged_answer = :answer
WHERE merged_id = :merged_id AND status = 'asked' AND EXISTS (
    SELECT 1 FROM proposals AS p WHERE p.id = merges.merged_id AND p.author_id = :member_id
);

-- name: unite(merged_id, now)!
UPDATE merges SET status = 'done', at = :now, kept_answer = NULL, merged_answer = NULL
WHERE merged_id = :merged_id AND status = 'asked'
    AND NOT EXISTS (
        SELECT 1 FROM proposals AS p
        WHERE p.id IN (merges.merged_id, merges.kept_id) AND p.status <> 'open'
    );

-- name: unite_supports(merged_id, kept_id)!
INSERT INTO supports (proposal_id, member_id)
SELECT CAST(:kept_id AS BIGINT), s.member_id FROM supports AS s WHERE s.proposal_id = :merged_id
ON CONFLICT (proposal_id, member_id) DO NOTHING;

-- name: unite_comments(merged_id, kept_id)!
UPDATE comments SET proposal_id = :kept_id WHERE proposal_id = :merged_id;

-- name: end_as_merged(merged_id)!
UPDATE proposals SET status = 'settled', ended = 'merged' WHERE id = :merged_id;

-- name: lead_points(merged_id, kept_id)!
-- At every assembly that is not over and has not both of them.
UPDATE agenda_items SET
    proposal_id = :kept_id,
    title = (SELECT p.title FROM proposals AS p WHERE p.id = :kept_id)
WHERE proposal_id = :merged_id
    AND EXISTS (
        SELECT 1 FROM assemblies AS a
        WHERE a.id = agenda_items.assembly_id AND a.status IN ('convened', 'open')
    )
    AND NOT EXISTS (
        SELECT 1 FROM agenda_items AS o
        WHERE o.assembly_id = agenda_items.assembly_id AND o.proposal_id = :kept_id
    );

-- name: led_here(kept_id)
SELECT merged_id FROM merges WHERE kept_id = :kept_id AND status = 'done' ORDER BY merged_id;

-- name: end_merge(merged_id)!
DELETE FROM merges WHERE merged_id = :merged_id AND status = 'asked';
