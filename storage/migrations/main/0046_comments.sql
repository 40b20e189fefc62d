-- What members ask or add under a proposal, and what its author answers.
-- Who could be hurt: whoever writes without a name; author_id stands even then, because they may take
-- it back, and is NULL once they are erased. Whoever is written about: facilitators can hide it,
-- and everybody reads why; `hidden` is that reason.

CREATE TABLE comments (
    id {ID},
    proposal_id BIGINT NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    author_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    text TEXT NOT NULL,
    named BIGINT NOT NULL CHECK (named IN (0, 1)),
    written_at BIGINT NOT NULL,
    answer TEXT,
    hidden TEXT CHECK (hidden IN ('n', 'p', 'h'))
);

CREATE INDEX comments_by_proposal ON comments (proposal_id, id);

CREATE INDEX comments_by_author ON comments (author_id) WHERE author_id IS NOT NULL;

-- What facilitators did with a proposal and what is written under it, for everybody to read.
-- Who could be hurt: nobody by what they wrote, for no words of theirs are in it. Of those who
-- facilitate it says what they did in that duty, and when.

CREATE TABLE proposal_audit (
    id {ID},
    proposal_id BIGINT NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    member_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('', 'n', 'p', 'h'))
);

CREATE INDEX proposal_audit_by_proposal ON proposal_audit (proposal_id, id);

CREATE INDEX proposal_audit_by_member ON proposal_audit (member_id) WHERE member_id IS NOT NULL;
