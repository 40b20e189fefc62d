-- Whether somebody may join: NULL as long as whoever took a task has not said. What was 0 stays 0,
-- for "I do it alone" was promised to hold. The column is made anew: whether it may be empty can't
-- be changed in SQLite.
-- Who could be hurt: nobody; it says less than before about whoever has not answered.

ALTER TABLE task_takers ADD COLUMN company_anew BIGINT CHECK (company_anew IN (0, 1));

UPDATE task_takers SET company_anew = company;

ALTER TABLE task_takers DROP COLUMN company;

ALTER TABLE task_takers RENAME COLUMN company_anew TO company;
