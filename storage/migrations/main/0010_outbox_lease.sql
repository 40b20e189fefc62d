-- Whoever sends a row has it for a while: only what is left after that was given up.

ALTER TABLE outbox ADD COLUMN claimed_until BIGINT NOT NULL DEFAULT 0;
