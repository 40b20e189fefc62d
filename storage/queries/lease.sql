-- name: lease()^
SELECT holder, mode, fence, until_at FROM lease;

-- name: put_lease(holder, mode, fence, until_at)!
INSERT INTO lease (one, holder, mode, fence, until_at)
VALUES (1, :holder, :mode, :fence, :until_at)
ON CONFLICT (one) DO UPDATE SET
    holder = excluded.holder,
    mode = excluded.mode,
    fence = excluded.fence,
    until_at = excluded.until_at;

-- name: end_lease(holder, fence)!
UPDATE lease SET until_at = 0 WHERE holder = :holder AND fence = :fence;

-- name: lease_has(holder, fence)$
-- The holder as well: a server that took over from one that was lost may count a fence again.
SELECT 1 FROM lease WHERE holder = :holder AND fence = :fence;
