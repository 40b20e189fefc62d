-- For how many hours minutes can be corrected, only where a centre chose.
-- Who could be hurt: nobody is in it.

CREATE TABLE minutes_settings (
    centre_id BIGINT NOT NULL PRIMARY KEY REFERENCES centres (id) ON DELETE CASCADE,
    correction_hours BIGINT NOT NULL CHECK (correction_hours > 0)
) {WITHOUT_ROWID};
