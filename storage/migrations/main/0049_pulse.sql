-- The pulse: after an assembly, now and then, five sentences about it. Its rounds, answers, windows
-- and releases lie where those of the weekly check-in do, under the name of its questionnaire; the
-- names are known by the program, as a list of them here could only be changed by building anew.
-- Who could be hurt: as with check-ins, nobody may learn what somebody answered, nor whether. The
-- same seals and rows hold for both.

-- only postgresql
ALTER TABLE rounds DROP CONSTRAINT rounds_questionnaire_check;

-- only postgresql
ALTER TABLE calendars DROP CONSTRAINT calendars_questionnaire_check;

-- only postgresql
ALTER TABLE windows DROP CONSTRAINT windows_questionnaire_check;

-- SQLite drops no check, and what refers to a table is moved aside while that is built anew.

-- only sqlite
CREATE TABLE answers_before AS SELECT round_id, question, sealed FROM answers;

-- only sqlite
DROP TABLE answers;

-- only sqlite
CREATE TABLE round_states_before AS SELECT round_id, sealed FROM round_states;

-- only sqlite
DROP TABLE round_states;

-- only sqlite
DROP INDEX rounds_by_closing;

-- only sqlite
ALTER TABLE rounds RENAME TO rounds_before;

-- only sqlite
CREATE TABLE rounds (
    id {ID},
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    questionnaire TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    closed BIGINT NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
    UNIQUE (member_id, questionnaire, sent_at),
    CHECK (closes_at > sent_at)
);

-- only sqlite
INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at, closed)
SELECT id, member_id, questionnaire, sent_at, closes_at, closed FROM rounds_before;

-- only sqlite
DELETE FROM sqlite_sequence WHERE name = 'rounds';

-- only sqlite
UPDATE sqlite_sequence SET name = 'rounds' WHERE name = 'rounds_before';

-- only sqlite
DROP TABLE rounds_before;

-- only sqlite
CREATE INDEX rounds_by_closing ON rounds (closes_at);

-- only sqlite
CREATE TABLE answers (
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    sealed {BLOB} NOT NULL,
    PRIMARY KEY (round_id, question)
) {WITHOUT_ROWID};

-- only sqlite
INSERT INTO answers (round_id, question, sealed)
SELECT round_id, question, sealed FROM answers_before;

-- only sqlite
DROP TABLE answers_before;

-- only sqlite
CREATE TABLE round_states (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES rounds (id) ON DELETE CASCADE,
    sealed {BLOB} NOT NULL
) {WITHOUT_ROWID};

-- only sqlite
INSERT INTO round_states (round_id, sealed) SELECT round_id, sealed FROM round_states_before;

-- only sqlite
DROP TABLE round_states_before;

-- only sqlite
ALTER TABLE calendars RENAME TO calendars_before;

-- only sqlite
CREATE TABLE calendars (
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    questionnaire TEXT NOT NULL,
    first_day TEXT NOT NULL,
    PRIMARY KEY (centre_id, questionnaire)
);

-- only sqlite
INSERT INTO calendars (centre_id, questionnaire, first_day)
SELECT centre_id, questionnaire, first_day FROM calendars_before;

-- only sqlite
DROP TABLE calendars_before;

-- only sqlite
CREATE TABLE releases_before AS
SELECT window_id, question, c, band, halves FROM releases;

-- only sqlite
CREATE TABLE release_roles_before AS
SELECT window_id, question, role, band, halves FROM release_roles;

-- only sqlite
DROP TABLE release_roles;

-- only sqlite
DROP TABLE releases;

-- only sqlite
DROP INDEX windows_open;

-- only sqlite
ALTER TABLE windows RENAME TO windows_before;

-- only sqlite
CREATE TABLE windows (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    questionnaire TEXT NOT NULL,
    week BIGINT NOT NULL CHECK (week >= 0),
    tier TEXT NOT NULL CHECK (tier IN ('small', 'middle', 'large')),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'released', 'skipped', 'unpaid')),
    charge TEXT NOT NULL DEFAULT '0',
    UNIQUE (centre_id, questionnaire, week),
    CHECK (ends_at > starts_at)
);

-- only sqlite
INSERT INTO windows (
    id, centre_id, questionnaire, week, tier, starts_at, ends_at, status, charge
)
SELECT id, centre_id, questionnaire, week, tier, starts_at, ends_at, status, charge
FROM windows_before;

-- only sqlite
DELETE FROM sqlite_sequence WHERE name = 'windows';

-- only sqlite
UPDATE sqlite_sequence SET name = 'windows' WHERE name = 'windows_before';

-- only sqlite
DROP TABLE windows_before;

-- only sqlite
CREATE UNIQUE INDEX windows_open ON windows (centre_id, questionnaire) WHERE status = 'open';

-- only sqlite
CREATE TABLE releases (
    window_id BIGINT NOT NULL REFERENCES windows (id),
    question TEXT NOT NULL,
    c BIGINT NOT NULL,
    band TEXT CHECK (band IN ('10-19', '20-49', '50+')),
    halves BIGINT CHECK (halves BETWEEN 1 AND 7),
    PRIMARY KEY (window_id, question),
    CHECK ((band IS NULL) = (halves IS NULL))
);

-- only sqlite
INSERT INTO releases (window_id, question, c, band, halves)
SELECT window_id, question, c, band, halves FROM releases_before;

-- only sqlite
DROP TABLE releases_before;

-- only sqlite
CREATE TABLE release_roles (
    window_id BIGINT NOT NULL,
    question TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'family', 'professional')),
    band TEXT NOT NULL CHECK (band IN ('20-49', '50+')),
    halves BIGINT NOT NULL CHECK (halves BETWEEN 1 AND 7),
    PRIMARY KEY (window_id, question, role),
    FOREIGN KEY (window_id, question) REFERENCES releases (window_id, question)
);

-- only sqlite
INSERT INTO release_roles (window_id, question, role, band, halves)
SELECT window_id, question, role, band, halves FROM release_roles_before;

-- only sqlite
DROP TABLE release_roles_before;
