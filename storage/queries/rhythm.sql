-- name: assembly_in_rhythm(assembly_id)^
SELECT a.centre_id, a.starts_at, a.series_id, c.zone
FROM assemblies a JOIN centres c ON c.id = a.centre_id
WHERE a.id = :assembly_id;

-- name: nearest_assemblies(centre_id, assembly_id, starts_at)^
SELECT
    MAX(CASE WHEN starts_at <= :starts_at THEN starts_at END) AS before_at,
    MIN(CASE WHEN starts_at >= :starts_at THEN starts_at END) AS after_at
FROM assemblies
WHERE centre_id = :centre_id AND id <> :assembly_id AND status <> 'cancelled';
