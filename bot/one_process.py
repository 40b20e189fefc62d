"""With SQLite one process at a time works on a data folder: another one waits for its end."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import AwayError
from storage.engine.private_file import make_private


def refuse_unfit(file: Path) -> None:
    """Raises StorageError where the lock that is there could not be had; makes nothing."""
    if _lock_of(file).exists():
        make_private(_lock_of(file))


@contextmanager
def alone_on(file: Path) -> Iterator[None]:
    """Nobody else works on this database meanwhile; a process that dies gives it free.

    Raises AwayError where another process does, StorageError where nothing can be written beside
    the database. The lock is on a file of its own: SQLite has locks on the others.
    """
    lock = _lock_of(file)
    make_private(lock)
    descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AwayError(
                [
                    f"VOCI_DATABASE_URL: another process works on {file.name}, and with SQLite "
                    "there can be only one. For several, use PostgreSQL."
                ]
            ) from None
        yield
    finally:
        os.close(descriptor)


def _lock_of(file: Path) -> Path:
    return file.with_name(file.name + ".lock")
