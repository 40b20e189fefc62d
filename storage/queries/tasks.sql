-- name: add_task(centre_id, assembly_id, item_id, decision_id, what, due_at, now)$
INSERT INTO tasks (centre_id, assembly_id, item_id, decision_id, what, due_at, made_at)
VALUES (:centre_id, :assembly_id, :item_id, :decision_id, :what, :due_at, :now)
ON CONFLICT (decision_id) DO NOTHING
RETURNING id;

-- name: task_of_decision(centre_id, decision_id)$
SELECT id FROM tasks WHERE centre_id = :centre_id AND decision_id = :decision_id;

-- name: task(centre_id, task_id)^
SELECT t.id, t.centre_id, t.assembly_id, t.item_id, i.title AS point, i.proposal_id, t.what,
    t.group_words, t.due_at, t.longer, t.times_open, t.made_at, t.done_at
FROM tasks AS t LEFT JOIN agenda_items AS i ON i.id = t.item_id
WHERE t.centre_id = :centre_id AND t.id = :task_id;

-- name: open_tasks(centre_id)
SELECT t.id, t.centre_id, t.assembly_id, t.item_id, i.title AS point, i.proposal_id, t.what,
    t.group_words, t.due_at, t.longer, t.times_open, t.made_at, t.done_at
FROM tasks AS t LEFT JOIN agenda_items AS i ON i.id = t.item_id
WHERE t.centre_id = :centre_id AND t.done_at IS NULL
ORDER BY t.made_at, t.id;

-- name: tasks_done_since(centre_id, since)
SELECT t.id, t.centre_id, t.assembly_id, t.item_id, i.title AS point, i.proposal_id, t.what,
    t.group_words, t.due_at, t.longer, t.times_open, t.made_at, t.done_at
FROM tasks AS t LEFT JOIN agenda_items AS i ON i.id = t.item_id
WHERE t.centre_id = :centre_id AND t.done_at >= :since
ORDER BY t.done_at, t.id;

-- name: tasks_of_assembly(assembly_id)
SELECT t.id, t.centre_id, t.assembly_id, t.item_id, i.title AS point, i.proposal_id, t.what,
    t.group_words, t.due_at, t.longer, t.times_open, t.made_at, t.done_at
FROM tasks AS t LEFT JOIN agenda_items AS i ON i.id = t.item_id
WHERE t.assembly_id = :assembly_id
ORDER BY t.made_at, t.id;

-- name: tasks_of_proposal(centre_id, proposal_id)
SELECT t.id, t.centre_id, t.assembly_id, t.item_id, i.title AS point, i.proposal_id, t.what,
    t.group_words, t.due_at, t.longer, t.times_open, t.made_at, t.done_at
FROM tasks AS t JOIN agenda_items AS i ON i.id = t.item_id
WHERE t.centre_id = :centre_id AND i.proposal_id = :proposal_id
ORDER BY t.made_at, t.id;

-- name: count_tasks_of_item(item_id)$
SELECT COUNT(*) FROM tasks WHERE item_id = :item_id;

-- name: next_meeting(centre_id, since)$
SELECT MIN(starts_at) FROM assemblies
WHERE centre_id = :centre_id AND status = 'convened' AND starts_at > :since;

-- name: take_task(centre_id, task_id, member_id, most, joins, now)!
-- Whoever has left, or whose things rest, looks after nothing, and takes nobody's place. Beside
-- somebody who does it alone there is no second one; beside somebody who has not answered only one
-- who knows that they join.
INSERT INTO task_takers (task_id, member_id, told_at)
SELECT t.id, CAST(:member_id AS BIGINT), CAST(:now AS BIGINT)
FROM tasks AS t
WHERE t.centre_id = :centre_id AND t.id = :task_id AND t.done_at IS NULL AND (
    SELECT COUNT(*) FROM task_takers AS k JOIN members AS m ON m.id = k.member_id
    WHERE k.task_id = t.id AND m.status = 'active' AND m.id <> CAST(:member_id AS BIGINT)
) < :most AND NOT EXISTS (
    SELECT 1 FROM task_takers AS k JOIN members AS m ON m.id = k.member_id
    WHERE k.task_id = t.id AND m.status = 'active' AND m.id <> CAST(:member_id AS BIGINT)
        AND COALESCE(k.company, :joins) = 0
)
ON CONFLICT (task_id, member_id) DO NOTHING;

-- name: give_task_to_group(centre_id, task_id, words)!
UPDATE tasks SET group_words = :words
WHERE centre_id = :centre_id AND id = :task_id AND done_at IS NULL;

-- name: finish_task(centre_id, task_id, now)!
UPDATE tasks SET done_at = :now
WHERE centre_id = :centre_id AND id = :task_id AND done_at IS NULL;

-- name: reopen_task(centre_id, task_id)!
UPDATE tasks SET done_at = NULL
WHERE centre_id = :centre_id AND id = :task_id AND done_at IS NOT NULL;

-- name: put_task_off(centre_id, task_id, due_at)!
UPDATE tasks SET due_at = :due_at, longer = 1
WHERE centre_id = :centre_id AND id = :task_id AND done_at IS NULL;

-- name: count_left_open(task_id)!
UPDATE tasks SET times_open = times_open + 1 WHERE id = :task_id AND done_at IS NULL;

-- name: forget_times_open(centre_id, task_id, least)!
UPDATE tasks SET times_open = 0
WHERE centre_id = :centre_id AND id = :task_id AND times_open >= :least;

-- name: remove_task(centre_id, task_id)!
DELETE FROM tasks WHERE centre_id = :centre_id AND id = :task_id;
