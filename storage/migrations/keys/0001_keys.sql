-- The key store: keys wrapped by the master key, and the ledger of what must survive a restore.
-- A key carries no date: when somebody's was made is nobody's affair.

CREATE TABLE data_keys (
    member_id BIGINT NOT NULL PRIMARY KEY,
    wrapped {BLOB} NOT NULL
);

CREATE TABLE ballot_keys (
    decision_id BIGINT NOT NULL PRIMARY KEY,
    wrapped {BLOB} NOT NULL
);

CREATE TABLE ledger (
    id {ID},
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (kind, subject)
);

-- only sqlite
CREATE TRIGGER ledger_keeps_rows BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- only sqlite
CREATE TRIGGER ledger_keeps_content BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

-- only postgresql
CREATE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''the ledger is append-only'' USING ERRCODE = ''integrity_constraint_violation''; END';

-- only postgresql
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger
FOR EACH ROW EXECUTE FUNCTION ledger_refuses();

-- only postgresql
CREATE TRIGGER ledger_not_truncated BEFORE TRUNCATE ON ledger
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses();
