-- Assemblies that are open meanwhile are asked about too, and close by themselves. When exactly is
-- counted when these are looked at: what is long over is asked first.

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'assembly-closing', a.id, c.zone, a.starts_at
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.status = 'open';

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'assembly-unclosed', a.id, c.zone, a.starts_at
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.status = 'open';
