-- A centre being set up in its group, people on their way in, and invitations that wait for a
-- second facilitator.

ALTER TABLE invitations ADD COLUMN needs_confirmation BIGINT NOT NULL DEFAULT 0
CHECK (needs_confirmation IN (0, 1));

-- What the operator has chosen so far; gone as soon as there is a centre.
CREATE TABLE setups (
    chat_id BIGINT NOT NULL PRIMARY KEY,
    language TEXT,
    zone TEXT,
    updated_at BIGINT NOT NULL
);

-- Somebody between the link and the last question: nobody's member yet, and gone with "not now".
CREATE TABLE joinings (
    telegram_id BIGINT NOT NULL,
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    token_hash TEXT REFERENCES invitations (token_hash) ON DELETE CASCADE,
    request_id BIGINT REFERENCES join_requests (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    role TEXT CHECK (role IN ('user', 'family', 'professional')),
    consented_at BIGINT,
    checkin BIGINT CHECK (checkin IN (0, 1)),
    checkin_at BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (telegram_id, centre_id),
    CHECK ((token_hash IS NULL) <> (request_id IS NULL))
);

CREATE INDEX joinings_by_time ON joinings (updated_at);
