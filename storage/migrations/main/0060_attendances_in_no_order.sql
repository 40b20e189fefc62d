-- Who said first whether they come is nobody's business: rows lie by their key alone.
ALTER TABLE attendances RENAME TO attendances_before;

DROP INDEX attendances_by_member;

CREATE TABLE attendances (
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'maybe', 'no')),
    PRIMARY KEY (assembly_id, member_id)
) {WITHOUT_ROWID};

INSERT INTO attendances (assembly_id, member_id, answer)
SELECT assembly_id, member_id, answer FROM attendances_before ORDER BY assembly_id, member_id;

DROP TABLE attendances_before;

CREATE INDEX attendances_by_member ON attendances (member_id);
