-- name: task_takers_between(centre_id, first, last)
SELECT k.task_id, k.member_id, k.shown, k.company, k.told_at, m.name, m.telegram_id, p.language
FROM task_takers AS k
JOIN members AS m ON m.id = k.member_id
LEFT JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE k.task_id >= :first AND k.task_id <= :last
    AND m.centre_id = :centre_id AND m.status = 'active'
ORDER BY k.told_at, k.member_id;

-- name: open_task_takers(centre_id)
SELECT k.task_id, k.member_id, k.shown, k.company, k.told_at, m.name, m.telegram_id, p.language
FROM task_takers AS k
JOIN tasks AS t ON t.id = k.task_id
JOIN members AS m ON m.id = k.member_id
LEFT JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE t.centre_id = :centre_id AND t.done_at IS NULL AND m.status = 'active'
ORDER BY k.told_at, k.member_id;

-- name: show_taker(task_id, member_id, shown)!
UPDATE task_takers SET shown = :shown WHERE task_id = :task_id AND member_id = :member_id;

-- name: want_company(task_id, member_id, company)!
UPDATE task_takers SET company = :company WHERE task_id = :task_id AND member_id = :member_id;

-- name: let_task_go(task_id, member_id)!
DELETE FROM task_takers WHERE task_id = :task_id AND member_id = :member_id;

-- name: let_all_tasks_go(member_id)!
-- What is done stays with whoever did it.
DELETE FROM task_takers
WHERE member_id = :member_id
    AND task_id IN (SELECT t.id FROM tasks AS t WHERE t.done_at IS NULL);

-- name: note_told(task_id, member_id, now)!
UPDATE task_takers SET told_at = :now WHERE task_id = :task_id AND member_id = :member_id;

-- name: reminded_of_open_tasks(centre_id)
-- Who can be written to, and has nothing to agree to anew before.
SELECT k.task_id, k.member_id, k.told_at, m.telegram_id, p.language
FROM task_takers AS k
JOIN tasks AS t ON t.id = k.task_id
JOIN members AS m ON m.id = k.member_id
JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE t.centre_id = :centre_id AND t.done_at IS NULL AND m.status = 'active' AND p.writable = 1
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    )
ORDER BY k.told_at, k.member_id;
