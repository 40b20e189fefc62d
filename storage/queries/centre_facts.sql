-- name: facts_of(centre_id)
SELECT fact, words FROM centre_facts WHERE centre_id = :centre_id ORDER BY fact;

-- name: set_fact(centre_id, fact, words, since)!
INSERT INTO centre_facts (centre_id, fact, words, since)
VALUES (:centre_id, :fact, :words, :since)
ON CONFLICT (centre_id, fact) DO UPDATE SET words = excluded.words, since = excluded.since;

-- name: remove_fact(centre_id, fact)!
DELETE FROM centre_facts WHERE centre_id = :centre_id AND fact = :fact;

-- name: propose_fact(centre_id, fact, words, another, proposed_by, proposed_at)$
INSERT INTO fact_changes (centre_id, fact, words, another, proposed_by, proposed_at, status)
VALUES (:centre_id, :fact, CAST(:words AS TEXT), :another, :proposed_by, :proposed_at, 'waiting')
RETURNING id;

-- name: waiting_facts(centre_id)
-- Whose proposer is gone waits for nobody.
SELECT f.id, f.fact, f.words, f.another, f.proposed_by, f.proposed_at, m.name, m.role
FROM fact_changes AS f
JOIN members AS m ON m.id = f.proposed_by
WHERE f.centre_id = :centre_id AND f.status = 'waiting'
ORDER BY f.id;

-- name: settle_fact(id, centre_id, status, settled_by, settled_at)^
UPDATE fact_changes
SET status = :status, settled_by = CAST(:settled_by AS BIGINT), settled_at = :settled_at
WHERE id = :id AND centre_id = :centre_id AND status = 'waiting'
RETURNING fact, words, another;

-- name: drop_waiting_fact(centre_id, fact, settled_at)!
UPDATE fact_changes SET status = 'dropped', settled_at = :settled_at, words = NULL
WHERE centre_id = :centre_id AND fact = :fact AND status = 'waiting';

-- name: forget_fact_words(id)!
UPDATE fact_changes SET words = NULL WHERE id = :id;

-- name: fact_history(centre_id, most)
-- Names only of those who still take part.
SELECT f.fact, f.settled_at, p.name AS proposer, s.name AS second,
    CASE WHEN f.settled_by = f.proposed_by THEN 1 ELSE 0 END AS alone
FROM fact_changes AS f
LEFT JOIN members AS p ON p.id = f.proposed_by AND p.status = 'active'
LEFT JOIN members AS s ON s.id = f.settled_by AND s.status = 'active'
WHERE f.centre_id = :centre_id AND f.status = 'holds'
ORDER BY f.id DESC
LIMIT :most;
