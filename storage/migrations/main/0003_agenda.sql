-- What members put forward, and who supports it.
-- Who could be hurt: author_id stands even where no name is shown, because the author may edit and
-- take back; it is NULL once the author is erased. Supports carry no moment and no order.

CREATE TABLE proposals (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    author_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    reason TEXT,
    named BIGINT NOT NULL CHECK (named IN (0, 1)),
    status TEXT NOT NULL CHECK (status IN ('open', 'withdrawn', 'settled')),
    created_at BIGINT NOT NULL,
    edited_at BIGINT
);

CREATE INDEX proposals_open ON proposals (centre_id, id) WHERE status = 'open';

CREATE INDEX proposals_by_author ON proposals (author_id) WHERE author_id IS NOT NULL;

CREATE TABLE supports (
    proposal_id BIGINT NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    PRIMARY KEY (proposal_id, member_id)
) {WITHOUT_ROWID};

CREATE INDEX supports_by_member ON supports (member_id);
