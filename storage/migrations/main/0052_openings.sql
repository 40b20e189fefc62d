-- How a centre's assemblies begin: which openings it has switched on or off, in which words, and
-- after how many minutes there is a break. Without a row what assembly/openings.py says holds.
-- When the assembly that is open has its break (UTC epoch seconds); NULL: none, or it was.
-- Who could be hurt: nobody. The words are the centre's.

CREATE TABLE openings (
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    opening TEXT NOT NULL CHECK (opening IN ('round', 'follow-up', 'reports', 'rules', 'break')),
    active BIGINT NOT NULL CHECK (active IN (0, 1)),
    words TEXT,
    minutes BIGINT CHECK (minutes > 0),
    PRIMARY KEY (centre_id, opening)
) {WITHOUT_ROWID};

ALTER TABLE assemblies ADD COLUMN break_at BIGINT;
