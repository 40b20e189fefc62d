"""Files that nobody but their owner may read: a SQLite database and what lies beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from storage.engine.errors import StorageError


def make_private(path: Path) -> None:
    """Makes the file with 0600, or takes others' rights from it; SQLite copies its mode to -wal.

    Raises StorageError when the folder is missing or the file belongs to somebody else.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"{path.name} can't be opened: {error.strerror}") from error
    try:
        os.fchmod(descriptor, 0o600)
        for beside in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + beside).chmod(0o600)
    except OSError as error:
        raise StorageError(f"{path.name} can't be made private: {error.strerror}") from error
    finally:
        os.close(descriptor)
