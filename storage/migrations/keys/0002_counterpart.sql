-- Which main database this key store belongs to, how often it was changed, and how many of these
-- changes the main database is known to have noted.

CREATE TABLE counterpart (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    changes BIGINT NOT NULL,
    noted BIGINT NOT NULL
);
