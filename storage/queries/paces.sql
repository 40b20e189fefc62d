-- name: pace(number)^
SELECT sent, halted_until FROM paces WHERE number = :number;

-- name: put_pace(number, sent, halted_until, latest)!
INSERT INTO paces (number, sent, halted_until, latest)
VALUES (:number, :sent, :halted_until, :latest)
ON CONFLICT (number) DO UPDATE SET
    sent = excluded.sent,
    halted_until = excluded.halted_until,
    latest = excluded.latest;

-- name: prune_paces(before)!
DELETE FROM paces WHERE latest < :before;
