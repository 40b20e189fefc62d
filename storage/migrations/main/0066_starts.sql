-- A start looks at what may be owed, not at all that is there.
-- Who could be hurt: nobody; a number that the ledger has as well, and an index of what lies here.

-- Up to which entry of the ledger all that has ended has ended here, too. A database that was put
-- back from before notes less: only what came after that is looked for in it.
ALTER TABLE pair ADD COLUMN heard BIGINT NOT NULL DEFAULT 0;

-- Whoever agreed to older words, and was not asked about the new ones.
CREATE INDEX consents_in_force ON consents (version) WHERE withdrawn_at IS NULL AND rests = 0;
