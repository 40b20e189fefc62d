-- name: ask_about_list(centre_id, asked_by, asked_at)$
INSERT INTO named_lists (centre_id, asked_by, asked_at)
VALUES (:centre_id, :asked_by, :asked_at)
RETURNING id;

-- name: add_to_list(list_id, member_id)!
INSERT INTO named_list_members (list_id, member_id) VALUES (:list_id, :member_id);

-- name: named_list(centre_id, id)^
SELECT id, asked_by, asked_at, answer, answered_by
FROM named_lists
WHERE id = :id AND centre_id = :centre_id;

-- name: named_list_of(asked_by)^
SELECT id, asked_by, asked_at, answer, answered_by FROM named_lists WHERE asked_by = :asked_by;

-- name: on_named_list(list_id)
SELECT m.id, m.centre_id, m.telegram_id, m.role, m.name, m.status, m.joined_at
FROM named_list_members AS l
JOIN members AS m ON m.id = l.member_id AND m.status = 'active'
WHERE l.list_id = :list_id
ORDER BY m.id;

-- name: answer_list(id, answer, answered_by)!
UPDATE named_lists SET answer = :answer, answered_by = :answered_by
WHERE id = :id AND answer IS NULL AND asked_by <> :answered_by;

-- name: remove_list(asked_by)!
DELETE FROM named_lists WHERE asked_by = :asked_by;

-- name: prune_lists(before)!
DELETE FROM named_lists WHERE asked_at <= :before;

-- name: named_electors(decision_id)
SELECT m.name
FROM electors AS e
JOIN members AS m ON m.id = e.member_id AND m.status = 'active'
WHERE e.decision_id = :decision_id
ORDER BY m.id;
