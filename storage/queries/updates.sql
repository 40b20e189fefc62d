-- name: mark_update(bot_id, update_id, status, at)!
INSERT INTO updates (bot_id, update_id, status, at)
VALUES (:bot_id, :update_id, :status, :at)
ON CONFLICT (bot_id, update_id) DO NOTHING;

-- name: prune_updates(before)!
DELETE FROM updates WHERE at < :before;
