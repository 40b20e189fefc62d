-- name: open_decision(centre_id, assembly_id, item_id, question, opened_at, closes_at, previous_id, method, secrecy, threshold_numerator, threshold_denominator, base, quorum_numerator, quorum_denominator, quorum_number, quorum_of, quorum_each_role, seats, dots, parity, electorate, edition, present_by_role, lot_commitment, lot_order)$
INSERT INTO decisions (
    centre_id, assembly_id, item_id, question, opened_at, closes_at, previous_id, version,
    method, secrecy, threshold_numerator, threshold_denominator, base,
    quorum_numerator, quorum_denominator, quorum_number, quorum_of, quorum_each_role,
    seats, dots, parity, electorate, edition, present_by_role, lot_commitment, lot_order
)
SELECT centres.id, CAST(:assembly_id AS BIGINT), CAST(:item_id AS BIGINT), CAST(:question AS TEXT),
    CAST(:opened_at AS BIGINT), CAST(:closes_at AS BIGINT), earlier.id,
    COALESCE(earlier.version, 0) + 1,
    CAST(:method AS TEXT), CAST(:secrecy AS TEXT), CAST(:threshold_numerator AS BIGINT),
    CAST(:threshold_denominator AS BIGINT), CAST(:base AS TEXT),
    CAST(:quorum_numerator AS BIGINT), CAST(:quorum_denominator AS BIGINT),
    CAST(:quorum_number AS BIGINT), CAST(:quorum_of AS TEXT), CAST(:quorum_each_role AS BIGINT),
    CAST(:seats AS BIGINT), CAST(:dots AS BIGINT), CAST(:parity AS TEXT),
    CAST(:electorate AS TEXT), CAST(:edition AS BIGINT), CAST(:present_by_role AS TEXT),
    CAST(:lot_commitment AS TEXT), CAST(:lot_order AS TEXT)
FROM centres
LEFT JOIN decisions AS earlier
    ON earlier.id = CAST(:previous_id AS BIGINT) AND earlier.centre_id = centres.id
WHERE centres.id = :centre_id AND NOT EXISTS (
    SELECT 1 FROM decisions
    WHERE item_id = CAST(:item_id AS BIGINT) AND status = 'open'
)
RETURNING id;

-- name: add_option(decision_id, position, label)!
INSERT INTO decision_options (decision_id, position, label)
VALUES (:decision_id, :position, :label);

-- name: options_of_decision(decision_id)
SELECT label
FROM decision_options
WHERE decision_id = :decision_id
ORDER BY position;

-- name: freeze_elector(decision_id, centre_id, member_id)!
INSERT INTO electors (decision_id, member_id, role)
SELECT CAST(:decision_id AS BIGINT), id, role
FROM members
WHERE id = :member_id AND centre_id = :centre_id AND status = 'active';

-- name: electorate(decision_id)
SELECT member_id, role
FROM electors
WHERE decision_id = :decision_id
ORDER BY member_id;

-- name: record_electorate(decision_id, size, hash, by_role, secrecy, lot_sealed, joined_until)!
-- Once: how secret a decision is can't change when it has been put.
UPDATE decisions
SET electorate_size = :size, electorate_hash = :hash, entitled_by_role = :by_role,
    secrecy = :secrecy, lot_sealed = :lot_sealed, joined_until = CAST(:joined_until AS BIGINT)
WHERE id = :decision_id AND electorate_hash = '';

-- name: decision(centre_id, decision_id)^
SELECT decisions.*
FROM decisions
WHERE id = :decision_id AND centre_id = :centre_id;

-- name: decision_to_close(decision_id)^
SELECT decisions.*
FROM decisions
WHERE id = :decision_id AND status = 'open';

-- name: open_decisions(centre_id)
SELECT decisions.*
FROM decisions
WHERE centre_id = :centre_id AND status = 'open'
ORDER BY closes_at NULLS LAST, id;

-- name: recent_decisions(centre_id, since)
SELECT decisions.*
FROM decisions
WHERE centre_id = :centre_id AND status IN ('closed', 'void', 'cancelled')
    AND closed_at >= :since
ORDER BY closed_at DESC, id DESC;

-- name: past_decisions(centre_id, skip, most)
SELECT decisions.*
FROM decisions
WHERE centre_id = :centre_id AND status IN ('closed', 'void', 'cancelled')
ORDER BY closed_at DESC, id DESC
LIMIT :most OFFSET :skip;

-- name: count_past_decisions(centre_id)$
SELECT COUNT(*) FROM decisions
WHERE centre_id = :centre_id AND status IN ('closed', 'void', 'cancelled');

-- name: decisions_of_assembly(assembly_id)
SELECT decisions.*
FROM decisions
WHERE assembly_id = :assembly_id AND status IN ('closed', 'void', 'cancelled')
ORDER BY closed_at, id;

-- name: extend_decision(centre_id, decision_id, closes_at, now)$
UPDATE decisions SET closes_at = :closes_at
WHERE id = :decision_id AND centre_id = :centre_id AND status = 'open' AND closes_at > :now
RETURNING id;

-- name: close_decision(decision_id, closed_at, result, figures, winners, lot_seed)$
UPDATE decisions
SET status = 'closed', closed_at = :closed_at, result = :result, figures = CAST(:figures AS TEXT),
    winners = :winners, lot_seed = CAST(:lot_seed AS TEXT), lot_sealed = NULL
WHERE id = :decision_id AND status = 'open'
RETURNING id;

-- name: chain_decision(decision_id, head, seal, heads)!
UPDATE decisions
SET head = :head, seal = :seal, heads = :heads
WHERE id = :decision_id;

-- name: keep_heads(decision_id, heads)!
UPDATE decisions SET heads = :heads WHERE id = :decision_id;

-- name: cancel_decision(centre_id, decision_id, closed_at, reason)$
UPDATE decisions
SET status = 'cancelled', closed_at = :closed_at, reason = :reason, lot_sealed = NULL
WHERE id = :decision_id AND centre_id = :centre_id AND status = 'open'
RETURNING id;

-- name: decisions_left_open()
SELECT decisions.*
FROM decisions
WHERE status = 'open'
ORDER BY id;

-- name: void_decision(decision_id, closed_at)$
UPDATE decisions SET status = 'void', closed_at = :closed_at, lot_sealed = NULL
WHERE id = :decision_id AND status = 'open'
RETURNING id;

-- name: sum_of_open_decisions()^
-- As that of ballot keys.
SELECT COUNT(*) AS keys, CAST(COALESCE(SUM(id), 0) AS BIGINT) AS ids
FROM decisions
WHERE status = 'open';

-- name: ids_left_open()
SELECT id FROM decisions WHERE status = 'open' ORDER BY id;

-- name: lots_left_open()
SELECT id, centre_id, lot_sealed FROM decisions WHERE status = 'open' ORDER BY id;

-- name: decision_status(decision_id)$
SELECT status FROM decisions WHERE id = :decision_id;

-- name: centre_of_decision(decision_id)$
SELECT centre_id FROM decisions WHERE id = :decision_id;

-- name: next_version(centre_id, decision_id)$
SELECT id
FROM decisions
WHERE previous_id = :decision_id AND centre_id = :centre_id AND status IN ('open', 'closed')
ORDER BY id
LIMIT 1;
