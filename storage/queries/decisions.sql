-- name: open_decision(centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator, opened_at, closes_at)$
INSERT INTO decisions (
    centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    opened_at, closes_at
)
SELECT centres.id, CAST(:assembly_id AS BIGINT), CAST(:item_id AS BIGINT), CAST(:question AS TEXT),
    CAST(:quorum_numerator AS BIGINT), CAST(:quorum_denominator AS BIGINT),
    CAST(:opened_at AS BIGINT), CAST(:closes_at AS BIGINT)
FROM centres
WHERE centres.id = :centre_id AND NOT EXISTS (
    SELECT 1 FROM decisions
    WHERE item_id = CAST(:item_id AS BIGINT) AND status = 'open'
)
RETURNING id;

-- name: freeze_electorate(decision_id, centre_id)!
INSERT INTO electors (decision_id, member_id)
SELECT CAST(:decision_id AS BIGINT), id
FROM members
WHERE centre_id = :centre_id AND status = 'active';

-- name: electorate(decision_id)
SELECT member_id
FROM electors
WHERE decision_id = :decision_id
ORDER BY member_id;

-- name: record_electorate(decision_id, size, hash)!
UPDATE decisions SET electorate_size = :size, electorate_hash = :hash
WHERE id = :decision_id;

-- name: decision(centre_id, decision_id)^
SELECT id, centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    electorate_size, status, opened_at, closes_at, closed_at, result, figures, reason
FROM decisions
WHERE id = :decision_id AND centre_id = :centre_id;

-- name: decision_to_close(decision_id)^
SELECT id, centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    electorate_size, status, opened_at, closes_at, closed_at, result, figures, reason
FROM decisions
WHERE id = :decision_id AND status = 'open';

-- name: open_decisions(centre_id)
SELECT id, centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    electorate_size, status, opened_at, closes_at, closed_at, result, figures, reason
FROM decisions
WHERE centre_id = :centre_id AND status = 'open'
ORDER BY closes_at NULLS LAST, id;

-- name: recent_decisions(centre_id, since, most)
SELECT id, centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    electorate_size, status, opened_at, closes_at, closed_at, result, figures, reason
FROM decisions
WHERE centre_id = :centre_id AND status IN ('closed', 'void', 'cancelled')
    AND closed_at >= :since
ORDER BY closed_at DESC, id DESC
LIMIT :most;

-- name: decisions_of_assembly(assembly_id)
SELECT id, centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    electorate_size, status, opened_at, closes_at, closed_at, result, figures, reason
FROM decisions
WHERE assembly_id = :assembly_id AND status IN ('closed', 'void', 'cancelled')
ORDER BY closed_at, id;

-- name: extend_decision(centre_id, decision_id, closes_at)$
UPDATE decisions SET closes_at = :closes_at
WHERE id = :decision_id AND centre_id = :centre_id AND status = 'open'
RETURNING id;

-- name: close_decision(decision_id, closed_at, result, figures)$
UPDATE decisions
SET status = 'closed', closed_at = :closed_at, result = :result, figures = CAST(:figures AS TEXT)
WHERE id = :decision_id AND status = 'open'
RETURNING id;

-- name: cancel_decision(centre_id, decision_id, closed_at, reason)$
UPDATE decisions SET status = 'cancelled', closed_at = :closed_at, reason = :reason
WHERE id = :decision_id AND centre_id = :centre_id AND status = 'open'
RETURNING id;

-- name: decisions_left_open()
SELECT id, centre_id, assembly_id, item_id, question, quorum_numerator, quorum_denominator,
    electorate_size, status, opened_at, closes_at, closed_at, result, figures, reason
FROM decisions
WHERE status = 'open'
ORDER BY id;

-- name: void_decision(decision_id, closed_at)$
UPDATE decisions SET status = 'void', closed_at = :closed_at
WHERE id = :decision_id AND status = 'open'
RETURNING id;
