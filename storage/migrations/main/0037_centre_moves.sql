-- A centre that is to move to another group: begun by one facilitator, confirmed by another, carried
-- out by the operator in the new group. Gone with that, after 7 days, or when one of the two erases
-- themselves. Who could be hurt: nobody; it says of two who facilitate that they want this, and all
-- who facilitate read it.

CREATE TABLE centre_moves (
    centre_id BIGINT NOT NULL PRIMARY KEY REFERENCES centres (id) ON DELETE CASCADE,
    begun_by BIGINT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    begun_at BIGINT NOT NULL,
    confirmed_by BIGINT REFERENCES members (id) ON DELETE CASCADE,
    CHECK (confirmed_by <> begun_by)
);

-- The name of a centre to be, while the operator is asked whether it may be that of another one.

ALTER TABLE setups ADD COLUMN name TEXT;
