-- Assemblies that were convened before their posts said "today" at midnight: each finds its moment,
-- on its own clocks, when this first falls due.

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'assembly-today', a.id, c.zone, 0
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.status = 'convened';
