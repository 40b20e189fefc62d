-- name: want_duty(member_id, duty)!
INSERT INTO duty_wishes (member_id, duty) VALUES (:member_id, :duty)
ON CONFLICT (member_id, duty) DO NOTHING;

-- name: drop_duty_wish(member_id, duty)!
DELETE FROM duty_wishes WHERE member_id = :member_id AND duty = :duty;

-- name: duty_wishes_of(member_id)
SELECT duty FROM duty_wishes WHERE member_id = :member_id ORDER BY duty;

-- name: duty_candidates(assembly_id, duty)
-- Who would like to and can be asked: not those who said that they can't come.
SELECT m.id AS member_id, m.role, w.turn_at
FROM assemblies AS a
JOIN members AS m ON m.centre_id = a.centre_id
JOIN duty_wishes AS w ON w.member_id = m.id AND w.duty = :duty
JOIN people AS p ON p.telegram_id = m.telegram_id
LEFT JOIN attendances AS t ON t.assembly_id = a.id AND t.member_id = m.id
WHERE a.id = :assembly_id AND m.status = 'active' AND p.writable = 1
    AND (t.answer IS NULL OR t.answer <> 'no')
    AND NOT EXISTS (
        SELECT 1 FROM consents AS r
        WHERE r.member_id = m.id AND r.purpose = 'part' AND r.withdrawn_at IS NULL
            AND r.rests = 1
    )
ORDER BY m.id;

-- name: duties_of_assembly(assembly_id)
-- Of those who take part: nobody else has a duty.
SELECT d.duty, d.member_id, d.status, d.asked_at, d.named, m.role, m.name, m.telegram_id,
    COALESCE(p.language, c.language) AS language
FROM assembly_duties AS d
JOIN members AS m ON m.id = d.member_id
JOIN centres AS c ON c.id = m.centre_id
LEFT JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE d.assembly_id = :assembly_id AND m.status = 'active'
ORDER BY d.duty, d.asked_at, d.member_id;

-- name: ask_duty(assembly_id, duty, member_id, asked_at)!
-- One at a time, about one of the two.
INSERT INTO assembly_duties (assembly_id, duty, member_id, status, asked_at, named)
SELECT a.id, CAST(:duty AS TEXT), m.id, 'asked', CAST(:asked_at AS BIGINT), 0
FROM assemblies AS a JOIN members AS m ON m.centre_id = a.centre_id
WHERE a.id = :assembly_id AND a.status = 'convened' AND m.id = :member_id AND m.status = 'active'
    AND NOT EXISTS (
        SELECT 1 FROM assembly_duties AS d JOIN members AS o ON o.id = d.member_id
        WHERE d.assembly_id = a.id AND o.status = 'active'
            AND (
                (d.duty = :duty AND d.status IN ('asked', 'yes'))
                OR (d.member_id = m.id AND d.status IN ('asked', 'yes'))
            )
    )
ON CONFLICT (assembly_id, duty, member_id) DO NOTHING;

-- name: note_turn(member_id, duty, turn_at)!
UPDATE duty_wishes SET turn_at = :turn_at WHERE member_id = :member_id AND duty = :duty;

-- name: accept_duty(assembly_id, duty, member_id)!
UPDATE assembly_duties SET status = 'yes'
WHERE assembly_id = :assembly_id AND duty = :duty AND member_id = :member_id AND status = 'asked'
    AND EXISTS (
        SELECT 1 FROM assemblies AS a WHERE a.id = :assembly_id AND a.status = 'convened'
    );

-- name: take_duty(assembly_id, duty, member_id, now)!
-- Whoever facilitates takes it, where nobody has it: also while somebody is asked, and once it is
-- open. Not both.
INSERT INTO assembly_duties (assembly_id, duty, member_id, status, asked_at, named)
SELECT a.id, CAST(:duty AS TEXT), m.id, 'yes', CAST(:now AS BIGINT), 0
FROM assemblies AS a JOIN members AS m ON m.centre_id = a.centre_id
WHERE a.id = :assembly_id AND a.status IN ('convened', 'open')
    AND m.id = :member_id AND m.status = 'active'
    AND NOT EXISTS (
        SELECT 1 FROM assembly_duties AS d JOIN members AS o ON o.id = d.member_id
        WHERE d.assembly_id = a.id AND o.status = 'active' AND d.status = 'yes'
            AND (d.duty = :duty OR d.member_id = m.id)
    )
ON CONFLICT (assembly_id, duty, member_id) DO UPDATE SET
    status = 'yes', asked_at = excluded.asked_at, named = 0;

-- name: pass_duty_on(assembly_id, duty, member_id)!
-- A no, a yes that is taken back, and no answer look alike; not once it is open.
UPDATE assembly_duties SET status = 'no', named = 0
WHERE assembly_id = :assembly_id AND duty = :duty AND member_id = :member_id AND status <> 'no'
    AND EXISTS (
        SELECT 1 FROM assemblies AS a WHERE a.id = :assembly_id AND a.status = 'convened'
    );

-- name: duties_held()
-- Of assemblies that are to come: what began stays as it was.
SELECT d.assembly_id, d.duty, d.member_id, d.asked_at
FROM assembly_duties AS d JOIN assemblies AS a ON a.id = d.assembly_id
WHERE d.status = 'yes' AND a.status = 'convened'
ORDER BY d.assembly_id, d.duty;

-- name: pass_other_asks_on(assembly_id, duty, member_id)!
-- Somebody has taken it: who was asked meanwhile is not waited for, nor is that one asked further.
UPDATE assembly_duties SET status = 'no'
WHERE assembly_id = :assembly_id AND status = 'asked'
    AND (duty = :duty OR member_id = :member_id);

-- name: name_duty(assembly_id, member_id, named)!
UPDATE assembly_duties SET named = :named
WHERE assembly_id = :assembly_id AND member_id = :member_id AND status = 'yes'
    AND named <> :named;

-- name: ask_duties_again(assembly_id, asked_at)!
-- It was moved: who had said yes is asked about the new time.
UPDATE assembly_duties SET status = 'asked', asked_at = :asked_at, named = 0
WHERE assembly_id = :assembly_id AND status = 'yes';

-- name: drop_unheld_duties(assembly_id)!
DELETE FROM assembly_duties WHERE assembly_id = :assembly_id AND status <> 'yes';

-- name: drop_duties(assembly_id)!
DELETE FROM assembly_duties WHERE assembly_id = :assembly_id;

-- name: drop_chair(assembly_id)!
DELETE FROM assembly_duties WHERE assembly_id = :assembly_id AND duty = 'chair';

-- name: drop_duties_of_member(member_id)
DELETE FROM assembly_duties WHERE member_id = :member_id RETURNING assembly_id, status, named;

-- name: leads_assembly(centre_id, assembly_id, member_id, duty, soon, since)$
-- One that is open, or, where none is, one that is due.
SELECT a.id
FROM assembly_duties AS d JOIN assemblies AS a ON a.id = d.assembly_id
WHERE a.id = :assembly_id AND a.centre_id = :centre_id AND d.member_id = :member_id
    AND d.duty = :duty AND d.status = 'yes'
    AND (
        a.status = 'open'
        OR (
            a.status = 'convened' AND a.starts_at <= :soon AND a.starts_at > :since
            AND NOT EXISTS (
                SELECT 1 FROM assemblies AS other
                WHERE other.centre_id = :centre_id AND other.status = 'open'
            )
        )
    );

-- name: leads_open_assembly(centre_id, member_id, duty)$
SELECT a.id
FROM assembly_duties AS d JOIN assemblies AS a ON a.id = d.assembly_id
WHERE a.centre_id = :centre_id AND a.status = 'open' AND d.member_id = :member_id
    AND d.duty = :duty AND d.status = 'yes';

-- name: recorded_assembly(centre_id, assembly_id, member_id)$
-- Its row stays until its minutes are out.
SELECT a.id
FROM assembly_duties AS d JOIN assemblies AS a ON a.id = d.assembly_id
WHERE a.id = :assembly_id AND a.centre_id = :centre_id AND a.status = 'closed'
    AND d.member_id = :member_id AND d.duty = 'recorder' AND d.status = 'yes';

-- name: count_duty(centre_id, duty, role, quarter)!
INSERT INTO duty_counts (centre_id, duty, role, quarter, times)
VALUES (:centre_id, :duty, :role, :quarter, 1)
ON CONFLICT (centre_id, duty, role, quarter) DO UPDATE SET times = duty_counts.times + 1;

-- name: duty_counts(centre_id, duty, first, last)
SELECT role, CAST(SUM(times) AS BIGINT) AS times
FROM duty_counts
WHERE centre_id = :centre_id AND duty = :duty AND quarter BETWEEN :first AND :last
GROUP BY role
ORDER BY role;

-- name: drop_old_duty_counts(centre_id, before)!
DELETE FROM duty_counts WHERE centre_id = :centre_id AND quarter < :before;
