-- A message in hand of a process that died is uncertain only if its turn to leave had come.

ALTER TABLE outbox ADD COLUMN leaving BIGINT NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1));

-- Of what is in hand while this runs nobody knows.
UPDATE outbox SET leaving = 1 WHERE status = 'sending';
