"""What can go wrong in storage, mapped from both engines' drivers in this one place."""

from __future__ import annotations

import sqlite3
import sys


class StorageError(Exception):
    """Storage refused or failed, and trying again would change nothing."""


class Transient(StorageError):
    """The cause passes by itself: locked, disk full, serialization failure, connection lost.

    The transaction is rolled back; the same work may be tried again in a new one.
    """


class Conflict(StorageError):
    """A constraint was violated: the transaction is dead and must be left (PostgreSQL's rule)."""


class WrongStore(StorageError):
    """It is there, but can't be used as it is: damaged, newer, older, or something else's."""


class Damaged(WrongStore):
    """A file was cut or overwritten, or never was a database."""


class NothingDone(StorageError):
    """What should go ahead of a query affected no row: the query was not run."""


# Primary result codes, https://www.sqlite.org/rescode.html
_PASSING_IN_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_NO_TEXT = (
    "Could not decode to UTF-8"  # Python's own error, without a code: no text of ours is such
)

# Classes of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html:
# 08 connection, 40 transaction rollback, 53 insufficient resources, 57 operator intervention,
# 58 system error; 55P03 lock not available.
_PASSING_IN_POSTGRES = ("08", "40", "53", "57", "58", "55P03")


def mapped(error: Exception) -> StorageError:
    """The storage error for a driver's exception; the driver's own stays as its cause.

    Messages of drivers can quote values that people wrote, so only the kind of error is told.
    """
    if isinstance(error, StorageError):
        return error
    if isinstance(error, UnicodeDecodeError):  # SQLite has put into words what it can't read
        return _damaged(type(error).__name__)
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error)
    # Where the embedded engine is used the other driver is never loaded: it costs a slow start.
    if "asyncpg" in sys.modules and (known := _from_postgres(error)) is not None:
        return known
    if isinstance(error, OSError):  # TimeoutError and ConnectionError are among them
        return Transient(f"the database can't be reached ({type(error).__name__})")
    return StorageError(f"storage failed ({type(error).__name__})")


def _from_sqlite(error: sqlite3.Error) -> StorageError:
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict(name)
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
        return _damaged(name)
    if str(error).startswith(_NO_TEXT):
        return _damaged(name)
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING_IN_SQLITE:
        return Transient(name)
    return StorageError(name)


def _damaged(name: str) -> Damaged:
    return Damaged(f"the file is damaged, or no database at all ({name}): put its latest copy back")


def _from_postgres(error: Exception) -> StorageError | None:
    import asyncpg

    from storage.engine.postgres_loss import ERRORS

    if not isinstance(error, ERRORS):
        return None
    name = type(error).__name__
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return Conflict(name)
    # Another process has migrated: the plans cached here are out of date, a new transaction helps.
    if isinstance(error, asyncpg.InvalidCachedStatementError):
        return Transient(name)
    if (getattr(error, "sqlstate", None) or "").startswith(_PASSING_IN_POSTGRES):
        return Transient(name)
    if isinstance(error, asyncpg.InternalClientError):
        return Transient(name)
    return StorageError(name)
