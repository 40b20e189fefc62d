-- What a centre tells about itself: who is responsible, and how to reach them.
-- Who could be hurt: nobody by the facts, which everybody may read. A data protection officer
-- stands there in that duty. Of facilitators it says what they changed in theirs, and when.

CREATE TABLE centre_facts (
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    fact TEXT NOT NULL,
    words TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (centre_id, fact)
);

-- words: what is proposed, NULL to take it away; forgotten as soon as it is answered.
CREATE TABLE fact_changes (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    fact TEXT NOT NULL,
    words TEXT,
    proposed_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    proposed_at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'holds', 'dropped')),
    settled_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    settled_at BIGINT
);

-- One change of each fact waits at a time.
CREATE UNIQUE INDEX fact_changes_waiting ON fact_changes (centre_id, fact)
WHERE status = 'waiting';

CREATE INDEX fact_changes_by_centre ON fact_changes (centre_id, id);

CREATE INDEX fact_changes_by_proposer ON fact_changes (proposed_by);

CREATE INDEX fact_changes_by_second ON fact_changes (settled_by);
