-- A member lets somebody enter their ballot: one row while the question is open, deleted with the
-- ballots. No names, no ids, no moments: who is helped and who helps are tags that only the
-- ballots' key makes from a member, the rest is sealed with it; of the link there is a hash.
-- No foreign keys, as in 0005.

CREATE TABLE helpings (
    decision_id BIGINT NOT NULL,
    tag {BLOB} NOT NULL,
    sealed {BLOB} NOT NULL,
    token_hash TEXT NOT NULL,
    helper {BLOB},
    entered BIGINT NOT NULL DEFAULT 0 CHECK (entered IN (0, 1)),
    PRIMARY KEY (decision_id, tag)
) {WITHOUT_ROWID};

CREATE UNIQUE INDEX helpings_by_token ON helpings (token_hash);
