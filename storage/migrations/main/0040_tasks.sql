-- What is looked after until when, following a point of an assembly or an outcome; and who took it.
-- `due_at` NULL: until the next assembly, whenever that is. `longer`: another day was asked for.
-- `times_open`: at how many assemblies it was left open. `group_words`: a group, in words.
-- Who could be hurt: whoever took a task and did not come to it. So who took it is told to them
-- alone unless they chose otherwise (`shown`), nobody is counted, and no row says who let one go.
-- `told_at`: when they heard of it last, so that nobody is reminded twice. `company`: whether they
-- would like a second one to join them.

CREATE TABLE tasks (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    assembly_id BIGINT REFERENCES assemblies (id) ON DELETE SET NULL,
    item_id BIGINT REFERENCES agenda_items (id) ON DELETE SET NULL,
    decision_id BIGINT UNIQUE REFERENCES decisions (id) ON DELETE SET NULL,
    what TEXT NOT NULL,
    group_words TEXT,
    due_at BIGINT,
    longer BIGINT NOT NULL DEFAULT 0 CHECK (longer IN (0, 1)),
    times_open BIGINT NOT NULL DEFAULT 0,
    made_at BIGINT NOT NULL,
    done_at BIGINT
);

CREATE INDEX tasks_by_centre ON tasks (centre_id, done_at);

CREATE INDEX tasks_by_assembly ON tasks (assembly_id);

CREATE INDEX tasks_by_item ON tasks (item_id);

CREATE TABLE task_takers (
    task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    shown BIGINT NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
    company BIGINT NOT NULL DEFAULT 0 CHECK (company IN (0, 1)),
    told_at BIGINT NOT NULL,
    PRIMARY KEY (task_id, member_id)
) {WITHOUT_ROWID};

CREATE INDEX task_takers_by_member ON task_takers (member_id);
