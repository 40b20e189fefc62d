-- Which master key wraps what is made now, by its fingerprint, and with it the key of the marks in
-- the ledger, which outlives a change of the master key. No row: it was never changed.

CREATE TABLE master (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    fingerprint TEXT NOT NULL,
    marks {BLOB} NOT NULL
);

-- When the key store was copied: for so long, and 7 days, destroyed keys live on in a copy.

CREATE TABLE key_copies (
    taken_at BIGINT NOT NULL PRIMARY KEY
);
