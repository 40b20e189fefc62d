-- Tables are called what docs/glossary.md calls what they hold.

ALTER TABLE hall_counts RENAME TO in_person_headcounts;

ALTER TABLE hall_entries RENAME TO in_person_entries;

ALTER TABLE hall_ballots RENAME TO in_person_ballots;

ALTER TABLE checkin_wishes RENAME TO checkin_settings;

ALTER TABLE reminder_wishes RENAME TO reminder_settings;
