-- Several processes on one PostgreSQL: which of them sends what is due and looks at the schedule.

CREATE TABLE lease (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    holder TEXT NOT NULL,
    mode TEXT NOT NULL,
    fence BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);

-- only sqlite
-- When messages left in the last minute, under numbers that name no chat (bot/shared_bucket.py).
CREATE TABLE paces (
    number BIGINT NOT NULL PRIMARY KEY,
    sent TEXT NOT NULL,
    halted_until BIGINT NOT NULL,
    latest BIGINT NOT NULL
);

-- only postgresql
-- In no log of the server, and empty after a crash.
CREATE UNLOGGED TABLE paces (
    number BIGINT NOT NULL PRIMARY KEY,
    sent TEXT NOT NULL,
    halted_until BIGINT NOT NULL,
    latest BIGINT NOT NULL
);
