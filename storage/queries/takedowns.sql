-- What two facilitators take down. Asked for in these words; other words need to be asked for anew.

-- name: ask_takedown(centre_id, proposal_id, member_id, harm, now)!
INSERT INTO takedowns (proposal_id, harm, status, touched_at, at, asked_by, title)
SELECT p.id, CAST(:harm AS TEXT), 'asked', COALESCE(p.edited_at, p.created_at),
    CAST(:now AS BIGINT), CAST(:member_id AS BIGINT), ''
FROM proposals AS p
WHERE p.id = :proposal_id AND p.centre_id = :centre_id AND p.status = 'open'
    AND NOT EXISTS (SELECT 1 FROM takedowns AS t WHERE t.appeal_id = p.id)
ON CONFLICT (proposal_id) DO NOTHING;

-- name: drop_outdated_takedown(proposal_id, before)!
-- Asked for other words, or so long ago that nobody answers any more, or by somebody who is gone.
DELETE FROM takedowns
WHERE proposal_id = :proposal_id AND status = 'asked' AND (
    at < :before OR asked_by IS NULL OR EXISTS (
        SELECT 1 FROM proposals AS p
        WHERE p.id = takedowns.proposal_id
            AND (
                p.status <> 'open' OR COALESCE(p.edited_at, p.created_at) <> takedowns.touched_at
            )
    )
);

-- name: takedown(proposal_id)^
SELECT t.proposal_id, t.harm, t.status, t.at, t.asked_by, t.title, t.words, t.appeal_id,
    m.role AS asked_role
FROM takedowns AS t LEFT JOIN members AS m ON m.id = t.asked_by AND m.status = 'active'
WHERE t.proposal_id = :proposal_id;

-- name: confirm_takedown(proposal_id, member_id, now)!
UPDATE takedowns SET
    status = 'down',
    at = :now,
    confirmed_by = :member_id,
    title = (SELECT p.title FROM proposals AS p WHERE p.id = takedowns.proposal_id),
    words = (SELECT p.reason FROM proposals AS p WHERE p.id = takedowns.proposal_id)
WHERE proposal_id = :proposal_id AND status = 'asked' AND asked_by <> :member_id AND EXISTS (
    SELECT 1 FROM proposals AS p
    WHERE p.id = takedowns.proposal_id AND p.status = 'open'
        AND COALESCE(p.edited_at, p.created_at) = takedowns.touched_at
);

-- name: take_words(proposal_id, title)!
UPDATE proposals SET status = 'settled', ended = 'taken-down', title = :title, reason = NULL
WHERE id = :proposal_id AND status = 'open';

-- name: title_points(proposal_id, title)!
-- At every assembly that is not over.
UPDATE agenda_items SET title = :title
WHERE proposal_id = :proposal_id AND EXISTS (
    SELECT 1 FROM assemblies AS a
    WHERE a.id = agenda_items.assembly_id AND a.status IN ('convened', 'open')
);

-- name: assemblies_with(proposal_id)
SELECT a.id
FROM agenda_items AS i JOIN assemblies AS a ON a.id = i.assembly_id
WHERE i.proposal_id = :proposal_id AND a.status IN ('convened', 'open')
ORDER BY a.id;

-- name: refuse_takedown(proposal_id)!
DELETE FROM takedowns WHERE proposal_id = :proposal_id AND status = 'asked';

-- name: put_words_back(centre_id, proposal_id)!
UPDATE proposals SET
    status = 'open',
    ended = NULL,
    title = (SELECT t.title FROM takedowns AS t WHERE t.proposal_id = proposals.id),
    reason = (SELECT t.words FROM takedowns AS t WHERE t.proposal_id = proposals.id)
WHERE id = :proposal_id AND centre_id = :centre_id AND ended = 'taken-down' AND EXISTS (
    SELECT 1 FROM takedowns AS t WHERE t.proposal_id = proposals.id AND t.status = 'down'
);

-- name: end_takedown(proposal_id)!
DELETE FROM takedowns WHERE proposal_id = :proposal_id;

-- name: note_appeal(proposal_id, appeal_id)!
UPDATE takedowns SET appeal_id = :appeal_id
WHERE proposal_id = :proposal_id AND status = 'down' AND appeal_id IS NULL;

-- name: voices_for(proposal_id)
SELECT m.telegram_id, p.language
FROM supports AS s
JOIN members AS m ON m.id = s.member_id AND m.status = 'active'
JOIN people AS p ON p.telegram_id = m.telegram_id
WHERE s.proposal_id = :proposal_id
ORDER BY m.telegram_id;
