-- The role that a member wants to be corrected to, until a facilitator has answered.
-- Who could be hurt: nobody more than by the role itself; it goes with the answer.

ALTER TABLE members ADD COLUMN wanted_role TEXT CHECK (wanted_role IN ('user', 'family', 'professional'));
