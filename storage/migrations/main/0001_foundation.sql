-- Centres, people and members; the inbox of updates; the outbox; the schedule; conversations.
-- Every integer is BIGINT, every moment UTC epoch seconds, every yes or no 1 or 0.

CREATE TABLE centres (
    id {ID},
    chat_id BIGINT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    contact TEXT,
    contact_verified_at BIGINT,
    quorum_numerator BIGINT NOT NULL DEFAULT 1 CHECK (quorum_numerator >= 0),
    quorum_denominator BIGINT NOT NULL DEFAULT 3 CHECK (quorum_denominator > 0),
    created_at BIGINT NOT NULL,
    CHECK (quorum_numerator <= quorum_denominator)
);

CREATE TABLE people (
    telegram_id BIGINT NOT NULL PRIMARY KEY,
    language TEXT NOT NULL,
    current_centre_id BIGINT REFERENCES centres (id) ON DELETE SET NULL,
    writable BIGINT NOT NULL DEFAULT 1 CHECK (writable IN (0, 1)),
    created_at BIGINT NOT NULL
);

CREATE TABLE members (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    telegram_id BIGINT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'family', 'professional')),
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'left')),
    joined_at BIGINT NOT NULL,
    UNIQUE (centre_id, telegram_id)
);

CREATE INDEX members_by_person ON members (telegram_id);

-- A duty for a term: until is NULL while it has no end.
CREATE TABLE facilitators (
    member_id BIGINT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    since BIGINT NOT NULL,
    until BIGINT
);

CREATE TABLE consents (
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('part', 'checkin')),
    version BIGINT NOT NULL,
    granted_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (member_id, purpose, version, granted_at)
);

-- Only the hash of the token: who reads the database can't join with it.
CREATE TABLE invitations (
    token_hash TEXT NOT NULL PRIMARY KEY,
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    role TEXT CHECK (role IN ('user', 'family', 'professional')),
    facilitator BIGINT NOT NULL CHECK (facilitator IN (0, 1)),
    uses_left BIGINT NOT NULL CHECK (uses_left >= 0),
    expires_at BIGINT NOT NULL,
    created_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    confirmed_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    revoked BIGINT NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))
);

CREATE INDEX invitations_by_centre ON invitations (centre_id);

CREATE TABLE join_requests (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    telegram_id BIGINT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'family', 'professional')),
    name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    answer TEXT CHECK (answer IN ('accepted', 'declined')),
    answered_by BIGINT REFERENCES members (id) ON DELETE SET NULL
);

-- One question at a time for each person and centre.
CREATE UNIQUE INDEX join_requests_open ON join_requests (centre_id, telegram_id)
WHERE answered_at IS NULL;

-- One conversation at a time for each person; centre_id is 0 while it concerns no centre.
CREATE TABLE drafts (
    telegram_id BIGINT NOT NULL PRIMARY KEY,
    centre_id BIGINT NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    content {BLOB},
    message_id BIGINT,
    updated_at BIGINT NOT NULL
);

CREATE TABLE updates (
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('processed', 'failed')),
    at BIGINT NOT NULL,
    PRIMARY KEY (bot_id, update_id)
) {WITHOUT_ROWID};

CREATE INDEX updates_by_time ON updates (at);

-- Where a message of ours lives: 'decision:12:group'.
CREATE TABLE messages (
    ref TEXT NOT NULL PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL
);

CREATE TABLE outbox (
    id {ID},
    key TEXT NOT NULL UNIQUE,
    chat_id BIGINT NOT NULL,
    centre_id BIGINT,
    ref TEXT,
    payload TEXT,
    not_before BIGINT NOT NULL,
    expires_at BIGINT,
    repeatable BIGINT NOT NULL CHECK (repeatable IN (0, 1)),
    status TEXT NOT NULL CHECK (
        status IN ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'dropped', 'paused')
    ),
    attempts BIGINT NOT NULL DEFAULT 0,
    renewed BIGINT NOT NULL DEFAULT 0 CHECK (renewed IN (0, 1)),
    created_at BIGINT NOT NULL,
    settled_at BIGINT
);

-- Partial, so that the thousands of rows long sent cost nothing.
CREATE INDEX outbox_in_turn ON outbox (chat_id, not_before, id) WHERE status = 'waiting';

CREATE INDEX outbox_under_way ON outbox (chat_id, id) WHERE status = 'sending';

CREATE INDEX outbox_paused ON outbox (chat_id, id) WHERE status = 'paused';

CREATE INDEX outbox_uncertain ON outbox (id) WHERE status = 'uncertain';

CREATE INDEX outbox_expiring ON outbox (expires_at)
WHERE status IN ('waiting', 'paused') AND expires_at IS NOT NULL;

-- When each chat's next message is due; NULL while one is under way or none waits. So a claim
-- looks at as many rows as it takes, even when one chat has thousands waiting.
CREATE TABLE outbox_chats (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    next_at BIGINT
);

CREATE INDEX outbox_chats_due ON outbox_chats (next_at, chat_id) WHERE next_at IS NOT NULL;

CREATE TABLE schedules (
    id {ID},
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    rule TEXT,
    start_local TEXT,
    zone TEXT NOT NULL,
    next_at BIGINT,
    UNIQUE (kind, subject_id)
);

CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;

-- Kept when the schedule is gone, so that nothing which was sent can be sent again.
CREATE TABLE occurrences (
    schedule_id BIGINT NOT NULL,
    occurrence_at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('claimed', 'skipped')),
    at BIGINT NOT NULL,
    PRIMARY KEY (schedule_id, occurrence_at)
) {WITHOUT_ROWID};
