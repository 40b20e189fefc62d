-- What facilitators did with a decision, for everybody to read. Nothing here is ever changed or
-- deleted: erasing a member takes the name out and leaves what was done.
-- Who could be hurt: nobody by what they said, for no ballot is in it. Of those who facilitate it
-- says what they did in that duty, and when.

CREATE TABLE audit (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    decision_id BIGINT NOT NULL REFERENCES decisions (id),
    at BIGINT NOT NULL,
    member_id BIGINT REFERENCES members (id) ON DELETE SET NULL,
    action TEXT NOT NULL CHECK (
        action IN ('put', 'extended', 'closed', 'cancelled', 'hall_entered', 'hall_confirmed')
    ),
    detail TEXT
);

CREATE INDEX audit_by_decision ON audit (decision_id, id);

CREATE INDEX audit_by_member ON audit (member_id);
