-- What is noted at the points of an assembly, what its minutes say, what somebody found to be
-- otherwise, and when a name was taken out of them.
-- Who could be hurt: whoever is named in a note, or wrote it. So members stand there as marks, never
-- by name (assembly/name_marks.py); who wrote a line is forgotten when the minutes are published;
-- what somebody found to be otherwise stays theirs, and goes with them; photographs are Telegram's
-- file id only. Nothing here says who was at the assembly.
-- `item_id` NULL: after the last point. `changed`: how often a line was, so that nobody writes over
-- what they have not seen.

CREATE TABLE notes (
    id {ID},
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    item_id BIGINT REFERENCES agenda_items (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'photo')),
    words TEXT NOT NULL,
    file_id TEXT,
    author_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    changed BIGINT NOT NULL DEFAULT 0,
    CHECK ((kind = 'photo') = (file_id IS NOT NULL))
);

CREATE INDEX notes_by_assembly ON notes (assembly_id, item_id, id);

CREATE INDEX notes_by_item ON notes (item_id);

CREATE INDEX notes_by_author ON notes (author_id);

-- `words`: the text with marks (assembly/minutes.py). While it is a draft it holds no points: they
-- are read from the notes, and put in when it is published. `hash` is the fingerprint of it.

CREATE TABLE minutes (
    assembly_id BIGINT NOT NULL PRIMARY KEY REFERENCES assemblies (id) ON DELETE CASCADE,
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('draft', 'published')),
    words TEXT NOT NULL,
    hash TEXT,
    published_at BIGINT,
    CHECK ((status = 'published') = (hash IS NOT NULL AND published_at IS NOT NULL))
);

CREATE INDEX minutes_by_centre ON minutes (centre_id, status, assembly_id);

CREATE TABLE minutes_corrections (
    id {ID},
    assembly_id BIGINT NOT NULL REFERENCES minutes (assembly_id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'taken', 'answered')),
    answer TEXT NOT NULL DEFAULT ''
);

CREATE INDEX minutes_corrections_by_assembly ON minutes_corrections (assembly_id);

CREATE INDEX minutes_corrections_by_member ON minutes_corrections (member_id);

CREATE TABLE minutes_changes (
    assembly_id BIGINT NOT NULL REFERENCES minutes (assembly_id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    member_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    PRIMARY KEY (assembly_id, version)
) {WITHOUT_ROWID};

CREATE INDEX minutes_changes_by_member ON minutes_changes (member_id);
