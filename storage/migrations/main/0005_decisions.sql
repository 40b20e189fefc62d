-- Decisions, their electorate and ballots. Once a decision is closed or cancelled, nothing here
-- says who was entitled or who said what: electors and ballots are deleted, a number and a hash
-- of the electorate stay.

CREATE TABLE decisions (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    assembly_id BIGINT REFERENCES assemblies (id) ON DELETE SET NULL,
    item_id BIGINT REFERENCES agenda_items (id) ON DELETE SET NULL,
    question TEXT NOT NULL,
    method TEXT NOT NULL DEFAULT 'majority',
    secrecy TEXT NOT NULL DEFAULT 'sealed' CHECK (secrecy IN ('sealed', 'secret', 'open')),
    threshold_numerator BIGINT NOT NULL DEFAULT 1 CHECK (threshold_numerator >= 0),
    threshold_denominator BIGINT NOT NULL DEFAULT 2 CHECK (threshold_denominator > 0),
    base TEXT NOT NULL DEFAULT 'yes-no' CHECK (
        base IN ('yes-no', 'yes-no-abstain', 'cast', 'present', 'entitled')
    ),
    quorum_numerator BIGINT NOT NULL CHECK (quorum_numerator >= 0),
    quorum_denominator BIGINT NOT NULL CHECK (quorum_denominator > 0),
    electorate_size BIGINT NOT NULL DEFAULT 0 CHECK (electorate_size >= 0),
    electorate_hash TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'void', 'cancelled')),
    opened_at BIGINT NOT NULL,
    closes_at BIGINT,
    closed_at BIGINT,
    result TEXT,
    figures TEXT,
    reason TEXT,
    CHECK (threshold_numerator <= threshold_denominator),
    CHECK (quorum_numerator <= quorum_denominator)
);

CREATE INDEX decisions_by_centre ON decisions (centre_id, status, closed_at);

CREATE INDEX decisions_by_assembly ON decisions (assembly_id);

-- One question about an item at a time.
CREATE UNIQUE INDEX decisions_open_item ON decisions (item_id)
WHERE status = 'open' AND item_id IS NOT NULL;

CREATE TABLE decision_options (
    decision_id BIGINT NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (decision_id, position)
) {WITHOUT_ROWID};

-- Sorted by member, without rowid and without a moment: no order of casting is kept. No foreign
-- keys here: only a table without any is cleared by SQLite page by page, zeroes included.

CREATE TABLE electors (
    decision_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (decision_id, member_id)
) {WITHOUT_ROWID};

CREATE TABLE ballots (
    decision_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (decision_id, member_id)
) {WITHOUT_ROWID};

-- Where the rows of decisions that stay open wait while the two tables above are cleared.

CREATE TABLE electors_kept (
    decision_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (decision_id, member_id)
) {WITHOUT_ROWID};

CREATE TABLE ballots_kept (
    decision_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (decision_id, member_id)
) {WITHOUT_ROWID};
