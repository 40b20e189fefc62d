"""Opening a database by its address: a file of SQLite, or a server of PostgreSQL."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from storage.engine.database import Database, Sleep, Subject
from storage.engine.errors import StorageError


async def open_existing(
    url: str, subject: Subject = "main", *, sleep: Sleep = asyncio.sleep
) -> Database | None:
    """The same, but makes no file: None where there is none, or an empty one."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and not _holds_anything(Path(rest[1:])):
        return None
    return await open_database(url, subject, sleep=sleep)


def called(url: str) -> str:
    """The name of a database for people: its file's, or the one on the server; no password."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    return name if parts.scheme == "sqlite" else f"the PostgreSQL database {name}"


def _holds_anything(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:  # what is wrong is said when it is made
        return False


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
    if scheme == "postgresql" and separator:
        try:
            from storage.engine.postgres import PostgresDatabase
        except ImportError as error:
            raise StorageError(
                "PostgreSQL needs asyncpg: install Voci with its extra postgres"
            ) from error
        return await PostgresDatabase.open(url, subject, sleep)
    raise StorageError("a database address is sqlite:///file.db or postgresql://user@host/name")
