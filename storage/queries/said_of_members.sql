-- What assemblies agreed on, wanted done and talked about, as far as minutes are still made of it:
-- where a member is named there, in the words of others.

-- name: said_in_agreements(centre_id)
SELECT g.id, g.wording
FROM agreements AS g
JOIN agenda_items AS i ON i.id = g.item_id
JOIN assemblies AS a ON a.id = i.assembly_id
WHERE a.centre_id = :centre_id
ORDER BY g.id;

-- name: reword_agreement(id, wording)!
UPDATE agreements SET wording = :wording WHERE id = :id;

-- name: said_in_tasks(centre_id)
SELECT id, what, group_words FROM tasks WHERE centre_id = :centre_id ORDER BY id;

-- name: reword_task(id, what, group_words)!
UPDATE tasks SET what = :what, group_words = :group_words WHERE id = :id;

-- name: said_at_points(centre_id)
-- Of the assemblies whose minutes are not out yet, those to come too.
SELECT i.id, i.title, i.assembly_id
FROM agenda_items AS i
JOIN assemblies AS a ON a.id = i.assembly_id
LEFT JOIN minutes AS m ON m.assembly_id = a.id
WHERE a.centre_id = :centre_id
    AND (a.status IN ('convened', 'open') OR m.status = 'draft')
ORDER BY i.id;

-- name: reword_point(id, title)!
UPDATE agenda_items SET title = :title WHERE id = :id;

-- name: said_about_moving(centre_id)
SELECT c.id, c.reason
FROM agenda_changes AS c JOIN assemblies AS a ON a.id = c.assembly_id
WHERE a.centre_id = :centre_id AND c.reason IS NOT NULL
ORDER BY c.id;

-- name: reword_moving(id, reason)!
UPDATE agenda_changes SET reason = :reason WHERE id = :id;

-- name: said_in_proposals(centre_id)
-- Those of the same points, as minutes say why each matters; and what can become one.
SELECT p.id, p.title, p.reason
FROM proposals AS p
WHERE p.centre_id = :centre_id AND (
    p.status = 'open' OR EXISTS (
        SELECT 1
        FROM agenda_items AS i
        JOIN assemblies AS a ON a.id = i.assembly_id
        LEFT JOIN minutes AS m ON m.assembly_id = a.id
        WHERE i.proposal_id = p.id
            AND (a.status IN ('convened', 'open') OR m.status = 'draft')
    )
)
ORDER BY p.id;

-- name: reword_proposal(id, title, reason)!
UPDATE proposals SET title = :title, reason = :reason WHERE id = :id;

-- name: said_for_minutes(centre_id)
-- What stays as it was written, but is not to stand in the minutes of assemblies that are not out.
SELECT a.id AS assembly_id, a.place AS words
FROM assemblies AS a LEFT JOIN minutes AS m ON m.assembly_id = a.id
WHERE a.centre_id = :centre_id AND a.place IS NOT NULL
    AND (a.status IN ('convened', 'open') OR m.status = 'draft')
UNION ALL
SELECT a.id AS assembly_id, d.question AS words
FROM decisions AS d
JOIN assemblies AS a ON a.id = d.assembly_id
LEFT JOIN minutes AS m ON m.assembly_id = a.id
WHERE a.centre_id = :centre_id AND (a.status = 'open' OR m.status = 'draft')
UNION ALL
SELECT a.id AS assembly_id, o.label AS words
FROM decision_options AS o
JOIN decisions AS d ON d.id = o.decision_id
JOIN assemblies AS a ON a.id = d.assembly_id
LEFT JOIN minutes AS m ON m.assembly_id = a.id
WHERE a.centre_id = :centre_id AND (a.status = 'open' OR m.status = 'draft')
ORDER BY assembly_id, words;
