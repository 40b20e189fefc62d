-- name: mark_update(bot_id, update_id, status, at)!
INSERT INTO updates (bot_id, update_id, status, at)
VALUES (:bot_id, :update_id, :status, :at)
ON CONFLICT (bot_id, update_id) DO NOTHING;

-- name: update_has_failed(bot_id, update_id)$
SELECT 1 FROM updates
WHERE bot_id = :bot_id AND update_id = :update_id AND status = 'failed';

-- name: prune_updates(before)!
DELETE FROM updates WHERE at < :before;

-- name: note_alive(at)!
-- Under the numbers of no bot and of no update.
INSERT INTO updates (bot_id, update_id, status, at)
VALUES (0, 0, 'processed', :at)
ON CONFLICT (bot_id, update_id) DO UPDATE SET at = excluded.at;

-- name: last_alive()$
SELECT MAX(at) FROM updates;
