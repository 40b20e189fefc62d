-- Assemblies that were convened before anybody was asked to chair one. 172,800 s are two days; what
-- is due at once waits for the end of the night by itself.

INSERT INTO schedules (kind, subject_id, zone, next_at)
SELECT 'assembly-duties', a.id, c.zone, a.starts_at - 172800
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.status = 'convened';
