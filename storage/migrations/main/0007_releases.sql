-- What is told about everybody's answers, and over which weeks they are gathered.
-- Who could be hurt: nobody may learn from this what somebody answered, nor whether. So there is
-- no exact number and no exact sum in any column, only what was published, and `c`, the number
-- with the noise already in it. A window's answers are not marked as counted.

-- The day on which a centre's calendar starts: the Monday after the first consent to check-ins.
CREATE TABLE calendars (
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    questionnaire TEXT NOT NULL CHECK (questionnaire IN ('weekly')),
    first_day TEXT NOT NULL,
    PRIMARY KEY (centre_id, questionnaire)
);

-- `charge` is what drawing cost each member, as a fraction ('1/2'). A year's account is the sum of
-- its windows' charges: everybody who was enrolled is charged alike, answered or not, so that one
-- account a centre is everybody's account, and there is no list of who has paid what. Who joined
-- later has in truth been charged less than it says.
CREATE TABLE windows (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    questionnaire TEXT NOT NULL CHECK (questionnaire IN ('weekly')),
    week BIGINT NOT NULL CHECK (week >= 0),
    tier TEXT NOT NULL CHECK (tier IN ('small', 'middle', 'large')),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'released', 'skipped', 'unpaid')),
    charge TEXT NOT NULL DEFAULT '0',
    UNIQUE (centre_id, questionnaire, week),
    CHECK (ends_at > starts_at)
);

-- Answers are gathered in one window at a time.
CREATE UNIQUE INDEX windows_open ON windows (centre_id, questionnaire) WHERE status = 'open';

-- Without band and mean nothing was published: the same for nobody and for nine. `halves` is twice
-- the published mean: 1 to 7 for 0.5 to 3.5.
CREATE TABLE releases (
    window_id BIGINT NOT NULL REFERENCES windows (id),
    question TEXT NOT NULL,
    c BIGINT NOT NULL,
    band TEXT CHECK (band IN ('10-19', '20-49', '50+')),
    halves BIGINT CHECK (halves BETWEEN 1 AND 7),
    PRIMARY KEY (window_id, question),
    CHECK ((band IS NULL) = (halves IS NULL))
);

CREATE TABLE release_roles (
    window_id BIGINT NOT NULL,
    question TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'family', 'professional')),
    band TEXT NOT NULL CHECK (band IN ('20-49', '50+')),
    halves BIGINT NOT NULL CHECK (halves BETWEEN 1 AND 7),
    PRIMARY KEY (window_id, question, role),
    FOREIGN KEY (window_id, question) REFERENCES releases (window_id, question)
);

-- Who was enrolled when the open window started, and in which role; gone when it is released. No
-- foreign keys: only a table without any is cleared by SQLite page by page, zeroes included.
CREATE TABLE window_members (
    window_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (window_id, member_id)
) {WITHOUT_ROWID};

-- Where the rows of other centres' windows wait while the table above is cleared.
CREATE TABLE window_members_kept (
    window_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (window_id, member_id)
) {WITHOUT_ROWID};
