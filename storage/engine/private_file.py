"""Files that nobody but their owner may read: a SQLite database and what lies beside it."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from storage.engine.errors import StorageError

OTHERS = 0o077


class OpenToOthers(StorageError):
    """A file or a folder that others than its owner may read; the sentence says how to close it."""


def make_private(path: Path) -> None:
    """Makes the file with 0600 where there is none; SQLite copies its mode to -wal and -shm.

    Raises StorageError when the folder is missing, the file is somebody else's or open to others.
    It is not closed to them in silence: who could read it until now should be thought about.
    """
    try:
        # One that is there is not opened: to close it would give up the locks that SQLite has on it
        # elsewhere in this process (https://sqlite.org/howtocorrupt.html).
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        elif path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        elif not os.access(path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError as error:
        said = f"{path.name} can't be made: there is no folder {path.parent}"
        raise StorageError(said) from error
    except OSError as error:
        raise StorageError(f"{path.name} can't be opened: {error.strerror}") from error
    for beside in ("", "-wal", "-shm"):
        refuse_open(path.with_name(path.name + beside))


def refuse_open(path: Path) -> None:
    """Raises OpenToOthers where others than its owner may read or write a file or a folder."""
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if mode & OTHERS:
            closed = "700" if stat.S_ISDIR(mode) else "600"
            raise OpenToOthers(f"{path.name} is open to others: chmod {closed} {path}")
