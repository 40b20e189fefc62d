-- What has ended and is still to be told to the ledger, so that a restored database does not bring
-- it back: a row lives from the commit of the ending until the ledger knows.
-- Who could be hurt: `subject` is a mark that only the master key can compute; it names nobody.

CREATE TABLE endings (
    kind TEXT NOT NULL CHECK (
        kind IN ('consent withdrawn', 'member left', 'duty ended', 'invitation revoked')
    ),
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
) {WITHOUT_ROWID};
