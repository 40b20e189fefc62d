-- name: applied_migrations()
SELECT version, name, checksum, applied_at
FROM schema_versions
ORDER BY version;

-- name: record_migration(version, name, checksum, applied_at)!
INSERT INTO schema_versions (version, name, checksum, applied_at)
VALUES (:version, :name, :checksum, :applied_at);

-- name: is_alive()$
SELECT 1;
