-- What is deleted for good is overwritten where it lies, and a moment later what copies of it the
-- pages of the file may hold: nobody else's rows are written anew for it. Counted is how often
-- something was deleted so, and up to which of these the file was wiped.
-- Who could be hurt: nobody; when something ended is told in the group.

CREATE TABLE remains (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    deleted BIGINT NOT NULL,
    wiped BIGINT NOT NULL
);

DROP TABLE ballots_kept;

DROP TABLE electors_kept;

DROP TABLE presences_kept;

DROP TABLE window_members_kept;

CREATE INDEX electors_by_member ON electors (member_id);

CREATE INDEX window_members_by_member ON window_members (member_id);

CREATE INDEX presences_by_member ON presences (member_id);
