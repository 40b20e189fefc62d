-- Assemblies that were convened before their facilitators were asked at their time. 10,800 s are
-- three hours; those long past lose their buttons without a word.

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'assembly-opening', a.id, c.zone, a.starts_at
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.status = 'convened';

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'assembly-unopened', a.id, c.zone, a.starts_at + 10800
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.status = 'convened';
