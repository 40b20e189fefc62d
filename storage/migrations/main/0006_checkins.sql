-- When each member wants to be asked how they are, each sending (a round), and the answers.
-- Who could be hurt: from the database nobody should learn what somebody answered, nor whether.
-- An answer is sealed with its member's own key. Every round has all its rows of answers from the
-- start, of one length: answered, skipped and never touched look alike, and nothing says when.
-- A round keeps its state only while it is open; then it is 'closed' and reminded, whatever it was.

CREATE TABLE checkin_wishes (
    member_id BIGINT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    hour BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
    minute BIGINT NOT NULL CHECK (minute BETWEEN 0 AND 59),
    paused_until BIGINT,
    active BIGINT NOT NULL CHECK (active IN (0, 1))
);

CREATE TABLE rounds (
    id {ID},
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    questionnaire TEXT NOT NULL CHECK (questionnaire IN ('weekly')),
    sent_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'snoozed', 'done', 'skipped', 'closed')),
    reminded BIGINT NOT NULL CHECK (reminded IN (0, 1)),
    UNIQUE (member_id, questionnaire, sent_at),
    CHECK (closes_at > sent_at)
);

-- Answers count in the window in which their round closes: then nothing can change any more.
CREATE INDEX rounds_by_closing ON rounds (closes_at);

CREATE TABLE answers (
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    sealed {BLOB} NOT NULL,
    PRIMARY KEY (round_id, question)
) {WITHOUT_ROWID};
