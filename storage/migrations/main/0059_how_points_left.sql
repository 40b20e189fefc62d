-- A point can also end because its proposal was put together with another one, or taken down. The
-- column is made anew: what a column may hold can't be changed in SQLite.

ALTER TABLE agenda_items ADD COLUMN ending_anew TEXT CHECK (
    ending_anew IN (
        'decided', 'agreed', 'talked', 'goes-on', 'taken-back', 'merged', 'taken-down',
        'not-reached'
    )
);

UPDATE agenda_items SET ending_anew = ending;

ALTER TABLE agenda_items DROP COLUMN ending;

ALTER TABLE agenda_items RENAME COLUMN ending_anew TO ending;
