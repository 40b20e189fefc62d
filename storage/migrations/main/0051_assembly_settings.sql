-- How a centre wants its assemblies: only where it chose. When the agenda is sent, in days before;
-- whether people are asked if they come where assemblies are close together.
-- Who could be hurt: nobody is in it. Whoever is asked every week whether they come may feel watched,
-- so that is off until the centre switches it on.

CREATE TABLE assembly_settings (
    centre_id BIGINT NOT NULL PRIMARY KEY REFERENCES centres (id) ON DELETE CASCADE,
    agenda_days BIGINT CHECK (agenda_days BETWEEN 1 AND 14),
    asks_attendance BIGINT NOT NULL DEFAULT 0 CHECK (asks_attendance IN (0, 1))
) {WITHOUT_ROWID};
