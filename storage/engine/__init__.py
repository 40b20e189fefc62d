"""The databases themselves: SQLite and PostgreSQL alike, transactions, migrations."""
