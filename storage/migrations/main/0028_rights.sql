-- What members can ask for beside reading and erasing: that their things are kept and not used, and
-- that their answers are in no summary.
-- Who could be hurt: whoever is seen to have asked. Both are told to nobody; a member whose things
-- are not used has the status of one who has left, so that nothing can use them by mistake.

ALTER TABLE members ADD COLUMN restricted_at BIGINT;

ALTER TABLE members ADD COLUMN not_counted BIGINT NOT NULL DEFAULT 0 CHECK (not_counted IN (0, 1));
