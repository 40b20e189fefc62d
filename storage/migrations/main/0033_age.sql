-- Whoever is younger than the centre's limit comes in with a guardian's word on paper. Until a
-- facilitator has seen the paper, a code stands on it and here; the moment of seeing stays.
-- Who could be hurt: whoever is young, by being known as such. No age and no date of birth is kept,
-- the code goes with the way in, and nobody is shown the moment but themselves.
ALTER TABLE joinings ADD COLUMN guardian_code TEXT;

ALTER TABLE joinings ADD COLUMN guardian_seen_at BIGINT;

CREATE UNIQUE INDEX joinings_by_guardian ON joinings (centre_id, guardian_code)
WHERE guardian_code IS NOT NULL;

ALTER TABLE members ADD COLUMN guardian_seen_at BIGINT;
