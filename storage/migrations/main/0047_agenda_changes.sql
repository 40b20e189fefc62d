-- A point that was given another place on a fixed agenda, with a reason that everybody can read.
-- Who could be hurt: the facilitator whose words the reason is. It goes when they erase themselves;
-- who moved the point is shown to nobody.

CREATE TABLE agenda_changes (
    id {ID},
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    item_id BIGINT NOT NULL REFERENCES agenda_items (id) ON DELETE CASCADE,
    was BIGINT NOT NULL CHECK (was >= 1),
    becomes BIGINT NOT NULL CHECK (becomes >= 1),
    reason TEXT,
    member_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX agenda_changes_by_assembly ON agenda_changes (assembly_id, id);

CREATE INDEX agenda_changes_by_item ON agenda_changes (item_id);

CREATE INDEX agenda_changes_by_member ON agenda_changes (member_id);
