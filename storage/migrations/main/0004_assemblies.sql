-- Assemblies, their frozen agendas, who is coming, and who wants reminders in private.

CREATE TABLE assemblies (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    starts_at BIGINT NOT NULL,
    place TEXT,
    status TEXT NOT NULL CHECK (status IN ('convened', 'open', 'closed', 'cancelled')),
    convened_by BIGINT REFERENCES members (id) ON DELETE SET NULL,
    convened_at BIGINT NOT NULL,
    frozen_at BIGINT,
    opened_at BIGINT,
    closed_at BIGINT,
    current_position BIGINT
);

CREATE INDEX assemblies_by_centre ON assemblies (centre_id, status, starts_at);

CREATE INDEX assemblies_by_convener ON assemblies (convened_by);

-- The title as it was when the agenda was frozen. At most one item of an assembly is current:
-- the one at its current_position.
CREATE TABLE agenda_items (
    id {ID},
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 1),
    proposal_id BIGINT REFERENCES proposals (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'current', 'done', 'postponed')),
    UNIQUE (assembly_id, position)
);

CREATE INDEX agenda_items_by_proposal ON agenda_items (proposal_id);

CREATE TABLE attendances (
    assembly_id BIGINT NOT NULL REFERENCES assemblies (id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'maybe', 'no')),
    PRIMARY KEY (assembly_id, member_id)
);

CREATE INDEX attendances_by_member ON attendances (member_id);

-- Who wants the reminders in private too.
CREATE TABLE reminder_wishes (
    member_id BIGINT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE
);
