-- Who is at an open assembly, by phone and without one, and what is said there by hand or on paper.

-- How many members had said that they were there, once it is closed.
ALTER TABLE assemblies ADD COLUMN present BIGINT;

-- Deleted for good when the assembly closes: sorted by member, without a moment and without foreign
-- keys, as only such a table is cleared by SQLite page by page.

CREATE TABLE presences (
    assembly_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (assembly_id, member_id)
) {WITHOUT_ROWID};

CREATE TABLE presences_kept (
    assembly_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (assembly_id, member_id)
) {WITHOUT_ROWID};

-- How many people in the room don't vote by phone: one row, or one a role where a question asks so.

CREATE TABLE hall_counts (
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('any', 'user', 'family', 'professional')),
    people BIGINT NOT NULL CHECK (people BETWEEN 0 AND 500),
    PRIMARY KEY (assembly_id, role)
) {WITHOUT_ROWID};

-- The hall's count for one question: who enters it, who checks it, how far it has come. `entry`
-- is another one after each change, so that nobody confirms what they have not seen.

CREATE TABLE hall_entries (
    decision_id BIGINT NOT NULL PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE,
    entry BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('counting', 'handed', 'confirmed')),
    entered_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    entered_role TEXT NOT NULL CHECK (entered_role IN ('user', 'family', 'professional')),
    confirmed_by BIGINT REFERENCES members (id) ON DELETE SET NULL
);

CREATE INDEX hall_entries_by_enterer ON hall_entries (entered_by);

CREATE INDEX hall_entries_by_confirmer ON hall_entries (confirmed_by);

CREATE TABLE hall_ballots (
    decision_id BIGINT NOT NULL REFERENCES hall_entries (decision_id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('any', 'user', 'family', 'professional')),
    choice TEXT NOT NULL,
    ballots BIGINT NOT NULL CHECK (ballots BETWEEN 0 AND 500),
    PRIMARY KEY (decision_id, role, choice)
) {WITHOUT_ROWID};
