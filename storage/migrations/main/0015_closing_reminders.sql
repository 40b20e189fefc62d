-- Who does not want to be reminded before a question closes: a choice of their own, as that about
-- assemblies. Who was reminded of what is in no table of its own; what waits in the outbox looks
-- the same for everybody who could take part, and is deleted at closing.

CREATE TABLE closing_reminders_off (
    member_id BIGINT NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE
);
