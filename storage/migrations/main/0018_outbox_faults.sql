-- A message that an error of our own kept from leaving waits until that is mended: how many tries
-- in a row ended so, and the error's class, for `voci check`. Never a word of what it says.

ALTER TABLE outbox ADD COLUMN faults BIGINT NOT NULL DEFAULT 0;

ALTER TABLE outbox ADD COLUMN fault TEXT;

CREATE INDEX outbox_faulty ON outbox (fault) WHERE faults > 0;
