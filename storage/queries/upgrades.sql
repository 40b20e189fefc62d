-- In whatever version of the schema: these columns are as old as the table.
-- name: questions_at_stake()
SELECT id, closes_at
FROM decisions
WHERE status = 'open'
ORDER BY id;
