-- A professional who asks to join is let in by two facilitators: this is the first of them.

ALTER TABLE join_requests ADD COLUMN welcomed_by BIGINT REFERENCES members (id) ON DELETE SET NULL;

CREATE INDEX join_requests_by_first ON join_requests (welcomed_by) WHERE welcomed_by IS NOT NULL;
