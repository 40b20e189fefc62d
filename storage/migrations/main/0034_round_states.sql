-- How an open round stands (answered, left out, put off, reminded, and where its messages are) lies
-- in one sealed row a round, of one length, which the process seals anew at every tick for all
-- alike. Rows of answers are written for all alike when a round closes.
-- Who could be hurt: from one copy of these tables, or from what differs between two, nobody should
-- learn who has answered. What open rounds still have in other tables is taken over at the start.

CREATE TABLE round_states (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES rounds (id) ON DELETE CASCADE,
    sealed {BLOB} NOT NULL
) {WITHOUT_ROWID};

DELETE FROM schedules
WHERE kind = 'checkin-remind'
    AND subject_id IN (SELECT r.id FROM rounds AS r WHERE r.reminded = 1 OR r.status <> 'open');

DELETE FROM schedules
WHERE kind = 'checkin-again'
    AND subject_id NOT IN (SELECT r.id FROM rounds AS r WHERE r.status = 'snoozed');

ALTER TABLE rounds ADD COLUMN closed BIGINT NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));

UPDATE rounds SET closed = 1 WHERE status = 'closed';

ALTER TABLE rounds DROP COLUMN status;

ALTER TABLE rounds DROP COLUMN reminded;

-- That a round was put off could be read from the moments at which schedules of the past were due.
DELETE FROM occurrences
WHERE NOT EXISTS (SELECT 1 FROM schedules AS s WHERE s.id = occurrences.schedule_id);

DELETE FROM outbox
WHERE status IN ('sent', 'uncertain', 'failed', 'dropped')
    AND (
        substr(key, 1, 6) = 'round:' OR substr(key, 1, 8) = 'checkin-'
        OR substr(key, 1, 11) = 'edit:round:' OR (substr(key, 1, 5) = 'away:' AND chat_id > 0)
    );
