"""Opening a database by its address: a file of SQLite, or a server of PostgreSQL."""

from __future__ import annotations

import asyncio

from storage.engine.database import Database, Sleep, Subject
from storage.engine.errors import StorageError


async def open_database(
    url: str, subject: Subject = "main", *, sleep: Sleep = asyncio.sleep
) -> Database:
    """Opens `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://…`.

    A missing SQLite file is made, readable by its owner only. Nothing is migrated here.
    Raises StorageError that says what is wrong with the address (without its password),
    Transient when the server can't be reached.
    """
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from storage.engine.sqlite import SqliteDatabase

        return await SqliteDatabase.open(rest[1:], subject, sleep)
    if scheme in ("postgresql", "postgres") and separator:
        try:
            from storage.engine.postgres import PostgresDatabase
        except ImportError as error:
            raise StorageError("PostgreSQL needs asyncpg: install voci[postgres]") from error
        return await PostgresDatabase.open(url, subject, sleep)
    raise StorageError("a database address is sqlite:///file.db or postgresql://user@host/name")
