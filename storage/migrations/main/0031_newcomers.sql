-- How long somebody must have been a member before a secret question counts them.
-- Who could be hurt: nobody; it is a choice of the centre's, and all may know it.

CREATE TABLE waiting_times (
    centre_id BIGINT NOT NULL PRIMARY KEY REFERENCES centres (id),
    days BIGINT NOT NULL,
    days_before BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- By when one must have joined to take part; NULL where nobody was left out for that.
ALTER TABLE decisions ADD COLUMN joined_until BIGINT;
