-- name: begin_helping(decision_id, tag, sealed, token_hash)$
-- A new link ends the one before it; once the ballot was entered there is no other.
INSERT INTO helpings (decision_id, tag, sealed, token_hash)
VALUES (:decision_id, :tag, :sealed, :token_hash)
ON CONFLICT (decision_id, tag) DO UPDATE SET
    sealed = excluded.sealed, token_hash = excluded.token_hash, helper = NULL
WHERE helpings.entered = 0
RETURNING decision_id;

-- name: helping_by_token(token_hash, now)^
SELECT h.decision_id, h.tag, h.sealed, h.token_hash, h.helper, h.entered, d.centre_id
FROM helpings AS h
JOIN decisions AS d ON d.id = h.decision_id
WHERE h.token_hash = :token_hash AND d.status = 'open'
    AND (d.closes_at IS NULL OR d.closes_at > :now);

-- name: helping_by_ref(centre_id, ref, now)^
SELECT h.decision_id, h.tag, h.sealed, h.token_hash, h.helper, h.entered, d.centre_id
FROM helpings AS h
JOIN decisions AS d ON d.id = h.decision_id
WHERE substr(h.token_hash, 1, 16) = :ref AND d.centre_id = :centre_id AND d.status = 'open'
    AND (d.closes_at IS NULL OR d.closes_at > :now);

-- name: accept_helping(decision_id, tag, token_hash, helper, most)$
-- Guard and change in one: a link that nobody uses yet, a helper who does not help too many.
UPDATE helpings SET helper = :helper
WHERE decision_id = :decision_id AND tag = :tag AND token_hash = :token_hash
    AND helper IS NULL AND entered = 0
    AND (
        SELECT COUNT(*) FROM helpings AS others
        WHERE others.decision_id = :decision_id AND others.helper = :helper
    ) < :most
RETURNING decision_id;

-- name: enter_helping(decision_id, tag, token_hash, helper)$
UPDATE helpings SET entered = 1
WHERE decision_id = :decision_id AND tag = :tag AND token_hash = :token_hash
    AND helper = :helper AND entered = 0
RETURNING decision_id;

-- name: helping_of(decision_id, tag)$
SELECT entered FROM helpings WHERE decision_id = :decision_id AND tag = :tag;

-- name: helpings_of_decision(decision_id)
SELECT tag, helper, entered FROM helpings WHERE decision_id = :decision_id ORDER BY tag;

-- name: decisions_with_helpings()
SELECT DISTINCT decision_id FROM helpings ORDER BY decision_id;

-- name: forget_helped(decision_id, tag)!
DELETE FROM helpings WHERE decision_id = :decision_id AND tag = :tag;

-- name: forget_unfinished_helper(decision_id, helper)!
DELETE FROM helpings WHERE decision_id = :decision_id AND helper = :helper AND entered = 0;

-- name: forget_helper(decision_id, helper)!
UPDATE helpings SET helper = NULL WHERE decision_id = :decision_id AND helper = :helper;

-- name: remove_helpings(decision_id)!
DELETE FROM helpings WHERE decision_id = :decision_id;
