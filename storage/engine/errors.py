"""What can go wrong in storage, mapped from both engines' drivers in this one place."""

from __future__ import annotations

import socket
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

# What the name of an error in brackets says to whom it is no name.
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "another process works on the database",
    sqlite3.SQLITE_LOCKED: "another process works on the database",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk can't be read or written",
    sqlite3.SQLITE_CANTOPEN: "a file of the database can't be opened or made",
    sqlite3.SQLITE_READONLY: "the database can't be written to: look at who may write there",
}
_OF_POSTGRES = {
    "InvalidCatalogNameError": "the server has no such database: createdb makes it",
    "InvalidPasswordError": "the server doesn't let this user in with this password",
    "InvalidAuthorizationSpecificationError": "the server doesn't let this user in",
    "InsufficientPrivilegeError": "this user may not do so there: let the database be theirs",
    "TooManyConnectionsError": "the server has no connection free",
    "CannotConnectNowError": "the server is starting or ending",
    "DiskFullError": "the server's disk is full",
    "ReadOnlySQLTransactionError": "the server takes no changes",
}
_UNREACHABLE: dict[type[OSError], str] = {
    socket.gaierror: "the name of its server can't be looked up",
    ConnectionRefusedError: "the connection is refused",
    FileNotFoundError: "there is no such socket",
    TimeoutError: "no answer in time",
}

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
        why = _UNREACHABLE.get(type(error), type(error).__name__)
        return Transient(f"the database can't be reached: {why}")
    return StorageError(f"storage failed ({type(error).__name__})")


def _from_sqlite(error: sqlite3.Error) -> StorageError:
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict(name)
    if code in _DAMAGED or str(error).startswith(_NO_TEXT):
        return _damaged(name)
    kind = Transient if code in _PASSING_IN_SQLITE else StorageError
    return kind(_in_words(_OF_SQLITE.get(code), name))


def _in_words(words: str | None, name: str) -> str:
    return name if words is None else f"{words} ({name})"


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
    passing = (getattr(error, "sqlstate", None) or "").startswith(_PASSING_IN_POSTGRES)
    passing |= isinstance(error, asyncpg.InternalClientError)
    return (Transient if passing else StorageError)(_in_words(_OF_POSTGRES.get(name), name))
