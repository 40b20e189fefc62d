-- What is noted at the points of an assembly. Each change is the guard too: while the assembly is
-- open, or its minutes are a draft.

-- name: add_note_here(centre_id, assembly_id, author_id, kind, words, file_id)^
-- At the point that is open now. A round of how everybody is takes none.
INSERT INTO notes (assembly_id, item_id, kind, words, file_id, author_id)
SELECT a.id, i.id, CAST(:kind AS TEXT), CAST(:words AS TEXT), CAST(:file_id AS TEXT),
    CAST(:author_id AS BIGINT)
FROM assemblies AS a
LEFT JOIN agenda_items AS i ON i.assembly_id = a.id AND i.position = a.current_position
WHERE a.id = :assembly_id AND a.centre_id = :centre_id AND a.status = 'open'
    AND (i.id IS NULL OR i.kind <> 'opening')
RETURNING id, item_id, kind, words, file_id, author_id, changed;

-- name: add_note_at(centre_id, assembly_id, item_id, author_id, kind, words, file_id)^
-- While the minutes are a draft; an `item_id` of 0 stands for what comes after the last point.
INSERT INTO notes (assembly_id, item_id, kind, words, file_id, author_id)
SELECT a.id, i.id, CAST(:kind AS TEXT), CAST(:words AS TEXT), CAST(:file_id AS TEXT),
    CAST(:author_id AS BIGINT)
FROM assemblies AS a
JOIN minutes AS m ON m.assembly_id = a.id AND m.status = 'draft'
LEFT JOIN agenda_items AS i ON i.assembly_id = a.id AND i.id = :item_id
WHERE a.id = :assembly_id AND a.centre_id = :centre_id
    AND (i.id IS NOT NULL OR CAST(:item_id AS BIGINT) = 0)
    AND (i.id IS NULL OR i.kind <> 'opening')
RETURNING id, item_id, kind, words, file_id, author_id, changed;

-- name: notes_of_assembly(assembly_id)
SELECT id, item_id, kind, words, file_id, author_id, changed
FROM notes
WHERE assembly_id = :assembly_id
ORDER BY id;

-- name: count_notes_at(assembly_id, item_id)$
SELECT COUNT(*) FROM notes WHERE assembly_id = :assembly_id AND item_id = :item_id;

-- name: note_of_centre(centre_id, note_id)^
SELECT n.id, n.item_id, n.kind, n.words, n.file_id, n.author_id, n.changed, n.assembly_id
FROM notes AS n JOIN assemblies AS a ON a.id = n.assembly_id
WHERE n.id = :note_id AND a.centre_id = :centre_id;

-- name: change_note(centre_id, note_id, changed, words)!
UPDATE notes SET words = :words, changed = notes.changed + 1
WHERE id = :note_id AND changed = :changed AND kind = 'note' AND assembly_id IN (
    SELECT a.id
    FROM assemblies AS a LEFT JOIN minutes AS m ON m.assembly_id = a.id
    WHERE a.centre_id = :centre_id AND (a.status = 'open' OR m.status = 'draft')
);

-- name: take_note_out(centre_id, note_id, changed)!
-- A photograph at any time: who is in it need not wait.
DELETE FROM notes
WHERE id = :note_id AND changed = :changed AND assembly_id IN (
    SELECT a.id
    FROM assemblies AS a LEFT JOIN minutes AS m ON m.assembly_id = a.id
    WHERE a.centre_id = :centre_id
        AND (a.status = 'open' OR m.status = 'draft' OR notes.kind = 'photo')
);

-- name: every_note()
SELECT id, assembly_id, words FROM notes ORDER BY id;

-- name: reword_note(note_id, words)!
-- At any time, as what it is for (storage/taken_out.py).
UPDATE notes SET words = :words, changed = notes.changed + 1 WHERE id = :note_id;

-- name: drop_note(note_id)!
DELETE FROM notes WHERE id = :note_id;

-- name: drop_notes_in_words(assembly_id)!
DELETE FROM notes WHERE assembly_id = :assembly_id AND kind = 'note';

-- name: drop_notes_of(assembly_id)!
DELETE FROM notes WHERE assembly_id = :assembly_id;
