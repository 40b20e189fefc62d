-- Which key store this database belongs to, and how many of its changes it has noted.

CREATE TABLE pair (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    changes BIGINT NOT NULL
);
