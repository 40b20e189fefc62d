-- A list of names picked by hand for a secret question, while a second facilitator is asked about it.
-- Who could be hurt: whoever is on a list that is never put. It goes as soon as the question is put
-- or left, after 7 days at the latest, and is in no backup.

CREATE TABLE named_lists (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    asked_by BIGINT NOT NULL UNIQUE REFERENCES members (id) ON DELETE CASCADE,
    asked_at BIGINT NOT NULL,
    answer TEXT CHECK (answer IN ('yes', 'no')),
    answered_by BIGINT REFERENCES members (id) ON DELETE SET NULL
);

CREATE INDEX named_lists_by_answer ON named_lists (answered_by);

CREATE TABLE named_list_members (
    list_id BIGINT NOT NULL REFERENCES named_lists (id) ON DELETE CASCADE,
    member_id BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    PRIMARY KEY (list_id, member_id)
) {WITHOUT_ROWID};

CREATE INDEX named_list_members_by_member ON named_list_members (member_id);

-- only postgresql
-- Who said yes to a list is noted.
ALTER TABLE audit DROP CONSTRAINT audit_action_check;

-- only postgresql
ALTER TABLE audit ADD CONSTRAINT audit_action_check CHECK (
    action IN (
        'put', 'extended', 'closed', 'cancelled', 'hall_entered', 'hall_confirmed',
        'hall_restarted', 'list_confirmed'
    )
);

-- only sqlite
CREATE TABLE audit_next (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    decision_id BIGINT NOT NULL REFERENCES decisions (id),
    at BIGINT NOT NULL,
    member_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    action TEXT NOT NULL CHECK (
        action IN (
            'put', 'extended', 'closed', 'cancelled', 'hall_entered', 'hall_confirmed',
            'hall_restarted', 'list_confirmed'
        )
    ),
    detail TEXT
);

-- only sqlite
INSERT INTO audit_next (id, centre_id, decision_id, at, member_id, action, detail)
SELECT id, centre_id, decision_id, at, member_id, action, detail FROM audit;

-- only sqlite
DROP TABLE audit;

-- only sqlite
ALTER TABLE audit_next RENAME TO audit;

-- only sqlite
CREATE INDEX audit_by_decision ON audit (decision_id, id);

-- only sqlite
CREATE INDEX audit_by_member ON audit (member_id);
