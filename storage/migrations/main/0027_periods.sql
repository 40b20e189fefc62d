-- For how long a centre keeps what: only where it chose, with what holds until the notice is over;
-- and how much ended by itself since that was last told to whoever runs the bot: numbers only.
-- Who could be hurt: nobody is in it. It ends what could hurt: whoever left is forgotten in time.

CREATE TABLE periods (
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    kept TEXT NOT NULL,
    days BIGINT NOT NULL CHECK (days >= 1),
    days_before BIGINT NOT NULL CHECK (days_before >= 1),
    holds_from BIGINT NOT NULL,
    PRIMARY KEY (centre_id, kept)
) {WITHOUT_ROWID};

CREATE TABLE retention_counts (
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    kept TEXT NOT NULL,
    things BIGINT NOT NULL CHECK (things >= 1),
    PRIMARY KEY (centre_id, kept)
) {WITHOUT_ROWID};

-- Of who left before this there is no moment: their time begins when it is first looked at.

ALTER TABLE members ADD COLUMN left_at BIGINT;

CREATE INDEX members_who_left ON members (centre_id, left_at) WHERE status = 'left';

-- A member's own choice for their answers; NULL: as the centre.

ALTER TABLE members ADD COLUMN answers_days BIGINT CHECK (answers_days >= 1);

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'retention', id, zone, 0 FROM centres;
