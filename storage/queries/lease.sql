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

-- name: end_lease(fence)!
UPDATE lease SET until_at = 0 WHERE fence = :fence;

-- name: lease_has(fence)$
SELECT 1 FROM lease WHERE fence = :fence;
