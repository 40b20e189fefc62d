-- name: draft_minutes(assembly_id, centre_id, words)!
INSERT INTO minutes (assembly_id, centre_id, status, words)
VALUES (:assembly_id, :centre_id, 'draft', :words)
ON CONFLICT (assembly_id) DO NOTHING;

-- name: minutes_of(centre_id, assembly_id)^
SELECT assembly_id, centre_id, status, words, hash, published_at
FROM minutes
WHERE assembly_id = :assembly_id AND centre_id = :centre_id;

-- name: publish_minutes(assembly_id, words, hash, now)!
UPDATE minutes SET status = 'published', words = :words, hash = :hash, published_at = :now
WHERE assembly_id = :assembly_id AND status = 'draft';

-- name: change_minutes(assembly_id, hash_before, words, hash)!
UPDATE minutes SET words = :words, hash = :hash
WHERE assembly_id = :assembly_id AND status = 'published' AND hash = :hash_before;

-- name: note_minutes_change(assembly_id, version, at, member_id)!
INSERT INTO minutes_changes (assembly_id, version, at, member_id)
VALUES (:assembly_id, :version, :at, :member_id);

-- name: minutes_changes_of(assembly_id)
-- The name only of those who still take part.
SELECT c.version, c.at, m.name
FROM minutes_changes AS c
LEFT JOIN members AS m ON m.id = c.member_id AND m.status = 'active'
WHERE c.assembly_id = :assembly_id
ORDER BY c.version;

-- name: minutes_page(centre_id, skip, most)
-- The newest first.
SELECT m.assembly_id, m.centre_id, m.status, m.words, m.hash, m.published_at, a.starts_at
FROM minutes AS m JOIN assemblies AS a ON a.id = m.assembly_id
WHERE m.centre_id = :centre_id
ORDER BY a.starts_at DESC, a.id DESC
LIMIT :most OFFSET :skip;

-- name: every_minutes()
SELECT assembly_id, centre_id, status, words, hash, published_at
FROM minutes
ORDER BY assembly_id;

-- name: newest_minutes(centre_id)$
SELECT m.assembly_id
FROM minutes AS m JOIN assemblies AS a ON a.id = m.assembly_id
WHERE m.centre_id = :centre_id AND a.status = 'closed'
ORDER BY a.starts_at DESC, a.id DESC
LIMIT 1;

-- name: count_minutes(centre_id)$
SELECT COUNT(*) FROM minutes WHERE centre_id = :centre_id;

-- name: drop_old_minutes(centre_id, before, most)
DELETE FROM minutes WHERE assembly_id IN (
    SELECT m.assembly_id FROM minutes AS m
    WHERE m.centre_id = :centre_id AND m.published_at < :before
    ORDER BY m.published_at, m.assembly_id
    LIMIT :most
)
RETURNING assembly_id;

-- name: add_correction(assembly_id, member_id, words, most)$
-- While they are a draft, and up to so many of one member.
INSERT INTO minutes_corrections (assembly_id, member_id, words, status)
SELECT m.assembly_id, CAST(:member_id AS BIGINT), CAST(:words AS TEXT), 'open'
FROM minutes AS m
WHERE m.assembly_id = :assembly_id AND m.status = 'draft' AND (
    SELECT COUNT(*) FROM minutes_corrections AS c
    WHERE c.assembly_id = m.assembly_id AND c.member_id = :member_id
) < :most
RETURNING id;

-- name: corrections_of(assembly_id)
SELECT id, assembly_id, member_id, words, status, answer
FROM minutes_corrections
WHERE assembly_id = :assembly_id
ORDER BY id;

-- name: correction_of_centre(centre_id, correction_id)^
SELECT c.id, c.assembly_id, c.member_id, c.words, c.status, c.answer
FROM minutes_corrections AS c JOIN minutes AS m ON m.assembly_id = c.assembly_id
WHERE c.id = :correction_id AND m.centre_id = :centre_id;

-- name: settle_correction(correction_id, status, answer)!
-- While the minutes are a draft, and by one of two who do it at once.
UPDATE minutes_corrections SET status = :status, answer = :answer
WHERE id = :correction_id AND status = 'open' AND assembly_id IN (
    SELECT m.assembly_id FROM minutes AS m WHERE m.status = 'draft'
);

-- name: reword_correction(correction_id, words, answer)!
UPDATE minutes_corrections SET words = :words, answer = :answer WHERE id = :correction_id;

-- name: take_correction_back(correction_id, member_id)!
DELETE FROM minutes_corrections
WHERE id = :correction_id AND member_id = :member_id AND status = 'open';

-- name: drop_taken_corrections(assembly_id)!
DELETE FROM minutes_corrections WHERE assembly_id = :assembly_id AND status = 'taken';

-- name: correction_hours_of(centre_id)$
SELECT correction_hours FROM minutes_settings WHERE centre_id = :centre_id;

-- name: set_correction_hours(centre_id, hours)!
INSERT INTO minutes_settings (centre_id, correction_hours) VALUES (:centre_id, :hours)
ON CONFLICT (centre_id) DO UPDATE SET correction_hours = excluded.correction_hours;
