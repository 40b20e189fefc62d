-- The rule by which assemblies recur. `rule` is an RRULE (RFC 5545), `start_local` the local time of
-- its first occurrence by the centre's clocks, `pauses` days as ISO 8601 intervals, `sequence` how
-- often it was changed. Who could be hurt: nobody; it says when and where a centre meets, and not
-- who wanted it so.

CREATE TABLE series (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    start_local TEXT NOT NULL,
    place TEXT,
    length_minutes BIGINT NOT NULL CHECK (length_minutes >= 1),
    pauses TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('running', 'paused', 'ended')),
    unopened_in_a_row BIGINT NOT NULL DEFAULT 0,
    sequence BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE INDEX series_by_centre ON series (centre_id, status);

-- An assembly of a series: its day by the rule (ISO 8601), wherever it was moved to since. So no
-- day is convened twice. `sequence`: how often it was changed since it was announced. `reason`: why it
-- was cancelled, in the words of who did, for all to read; erased with them.
ALTER TABLE assemblies ADD COLUMN series_id BIGINT REFERENCES series (id) ON DELETE SET NULL;

ALTER TABLE assemblies ADD COLUMN series_date TEXT;

ALTER TABLE assemblies ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;

ALTER TABLE assemblies ADD COLUMN reason TEXT;

ALTER TABLE assemblies ADD COLUMN cancelled_by BIGINT REFERENCES members (id) ON DELETE SET NULL;

CREATE UNIQUE INDEX assemblies_of_series ON assemblies (series_id, series_date);

CREATE INDEX assemblies_by_canceller ON assemblies (cancelled_by);

-- What else a restore must not bring back: a series that has ended, a day that was convened.
ALTER TABLE endings RENAME TO endings_before;

CREATE TABLE endings (
    kind TEXT NOT NULL CHECK (
        kind IN (
            'consent withdrawn', 'member left', 'duty ended', 'invitation revoked',
            'series ended', 'assembly convened'
        )
    ),
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
) {WITHOUT_ROWID};

INSERT INTO endings (kind, subject, at) SELECT kind, subject, at FROM endings_before;

DROP TABLE endings_before;
