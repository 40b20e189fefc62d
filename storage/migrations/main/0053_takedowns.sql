-- A proposal that two facilitators of different roles take down, because it names or hurts somebody.
-- Its words move here, so that no other place can show them: its author and those who facilitate
-- read them still, to talk about it and to put it back. `appeal_id`: the point by which its author
-- asks the assembly whether that was right.
-- Who could be hurt: whoever it is about, so the words are in no list, agenda, post or print; its
-- author, who is told, and can take all of it along and erase it.

ALTER TABLE proposals ADD COLUMN ended TEXT CHECK (ended IN ('merged', 'taken-down'));

CREATE TABLE takedowns (
    proposal_id BIGINT NOT NULL PRIMARY KEY REFERENCES proposals (id) ON DELETE CASCADE,
    harm TEXT NOT NULL CHECK (harm IN ('n', 'p', 'h')),
    status TEXT NOT NULL CHECK (status IN ('asked', 'down')),
    touched_at BIGINT NOT NULL,
    at BIGINT NOT NULL,
    asked_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    confirmed_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    words TEXT,
    appeal_id BIGINT REFERENCES proposals (id) ON DELETE SET NULL,
    CHECK (confirmed_by <> asked_by)
);

CREATE INDEX takedowns_by_asker ON takedowns (asked_by) WHERE asked_by IS NOT NULL;

CREATE INDEX takedowns_by_second ON takedowns (confirmed_by) WHERE confirmed_by IS NOT NULL;

CREATE INDEX takedowns_by_appeal ON takedowns (appeal_id) WHERE appeal_id IS NOT NULL;
