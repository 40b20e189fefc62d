-- name: waiting_time(centre_id)^
SELECT days, days_before, changed_at FROM waiting_times WHERE centre_id = :centre_id;

-- name: choose_waiting_time(centre_id, days, days_before, changed_at)!
INSERT INTO waiting_times (centre_id, days, days_before, changed_at)
VALUES (:centre_id, :days, :days_before, :changed_at)
ON CONFLICT (centre_id) DO UPDATE SET
    days = excluded.days,
    days_before = excluded.days_before,
    changed_at = excluded.changed_at;

-- name: joined_since(centre_id, since)
SELECT role, COUNT(*) AS members
FROM members
WHERE centre_id = :centre_id AND status = 'active' AND joined_at > :since
GROUP BY role
ORDER BY role;
