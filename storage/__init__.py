"""The memory: a module a subject; its SQL in queries/, its tables in migrations/."""
