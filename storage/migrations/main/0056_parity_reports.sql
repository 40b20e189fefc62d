-- What a quarter's report said of the roles: drawn once, and read again as it was told.
-- Who could be hurt: somebody of a small role, if a second count a day later told what they did. So
-- there is none; `content` has shares in steps of 5 per cent, no counts, and only of cells of ten or
-- more (assembly/parity_report.py). It names nobody. Of a centre the last one is kept.

CREATE TABLE parity_reports (
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    quarter BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (centre_id, quarter)
) {WITHOUT_ROWID};
