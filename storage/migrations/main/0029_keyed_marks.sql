-- What limits count although nothing else is kept of whom they concern: a request that was forgotten,
-- a refusal that still counts. The mark is an HMAC under a key of the master key's.
-- Who could be hurt: without the master key nobody is found by it; with it, somebody whose Telegram
-- id one knows already, for as long as the limit runs.

CREATE TABLE keyed_marks (
    id {ID},
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    kind TEXT NOT NULL,
    mark TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX keyed_marks_by_mark ON keyed_marks (kind, mark, at);

CREATE INDEX keyed_marks_by_centre ON keyed_marks (centre_id, kind, at);
