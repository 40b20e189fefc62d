-- At night what was kept long enough is looked for among a centre's own notes about questions.
-- Who could be hurt: nobody; an index of what lies here.

CREATE INDEX audit_by_centre ON audit (centre_id, at);
