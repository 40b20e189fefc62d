-- Two proposals that facilitators would like to put together, and what their authors say to that.
-- Who could be hurt: an author who says no. An answer is kept for 7 days at most, and then forgotten;
-- until then nobody is told of it, and a no ends like no answer. Of what was put together only which
-- proposal leads to which stays.

CREATE TABLE merges (
    merged_id BIGINT NOT NULL PRIMARY KEY REFERENCES proposals (id) ON DELETE CASCADE,
    kept_id BIGINT NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('asked', 'done')),
    at BIGINT NOT NULL,
    suggested_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    kept_answer TEXT CHECK (kept_answer IN ('yes', 'no')),
    merged_answer TEXT CHECK (merged_answer IN ('yes', 'no')),
    CHECK (kept_id <> merged_id)
);

CREATE INDEX merges_by_kept ON merges (kept_id);

CREATE INDEX merges_by_suggester ON merges (suggested_by) WHERE suggested_by IS NOT NULL;
