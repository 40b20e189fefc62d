-- Erasures that are committed but not yet carried to the end: key, ledger, copies in the files.
-- Who could be hurt: nobody should learn from this who was erased. So there is no name and no
-- Telegram id, but a mark that only the master key can compute; and the row goes at the end.

CREATE TABLE erasures (
    member_id BIGINT NOT NULL PRIMARY KEY,
    mark TEXT NOT NULL,
    at BIGINT NOT NULL
);
