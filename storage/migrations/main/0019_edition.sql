-- By which edition of the rules of counting a question is counted: what was put before keeps the
-- first, so that it comes out as it was told, and its published list stays the same to the byte.
-- Who could be hurt: nobody; it says what the program's version says.

ALTER TABLE decisions ADD COLUMN edition BIGINT NOT NULL DEFAULT 1 CHECK (edition >= 1);
