-- The number of people in the hall is part of what two facilitators agree on: it stands in the
-- count from the moment at which that is handed over, as {"any": 7} or by role.
-- Who could be hurt: nobody new, it is the number that the outcome tells.
ALTER TABLE hall_entries ADD COLUMN people TEXT;

-- What was handed over without it is handed over again.
UPDATE hall_entries SET state = 'counting', confirmed_by = NULL, entry = entry + 1
WHERE state <> 'counting';

-- only postgresql
-- Throwing a confirmed count away is noted as well.
ALTER TABLE audit DROP CONSTRAINT audit_action_check;

-- only postgresql
ALTER TABLE audit ADD CONSTRAINT audit_action_check CHECK (
    action IN (
        'put', 'extended', 'closed', 'cancelled', 'hall_entered', 'hall_confirmed',
        'hall_restarted'
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
            'hall_restarted'
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
