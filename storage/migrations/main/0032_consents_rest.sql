-- A consent rests while a newer text, or another body, is still to be agreed to; body: who was
-- named as responsible when it was given, NULL where nobody was.
-- Who could be hurt: nobody new. That somebody has not looked yet is theirs to read; of the others
-- nobody is shown it.
ALTER TABLE consents ADD COLUMN rests BIGINT NOT NULL DEFAULT 0 CHECK (rests IN (0, 1));

ALTER TABLE consents ADD COLUMN body TEXT;

-- Whether a change names another body, so that everybody is asked again.
ALTER TABLE fact_changes ADD COLUMN another BIGINT NOT NULL DEFAULT 0 CHECK (another IN (0, 1));
