"""The master key: 32 random bytes in a file of their own, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from storage.engine.errors import StorageError, WrongStore
from storage.engine.private_file import refuse_open
from storage.secrets.cipher import KEY_BYTES


def load_or_create(path: Path) -> bytes:
    """The key in the file; made on the first start.

    Raises StorageError where it can't be made, and as load().
    """
    try:
        if not path.exists():
            _create(path)
    except OSError as error:
        raise StorageError(f"the master key {path.name} can't be used: {error.strerror}") from error
    return load(path)


def load(path: Path) -> bytes:
    """The key in the file, which is not made where it is missing.

    Raises StorageError when the file can't be read, or may be read by others than its owner;
    WrongStore when it has another size than 32 bytes.
    """
    try:
        refuse_open(path)
        with path.open("rb") as file:
            key = file.read(KEY_BYTES + 1)
    except OSError as error:
        raise StorageError(f"the master key {path.name} can't be used: {error.strerror}") from error
    if len(key) != KEY_BYTES:
        raise WrongStore(
            f"the master key {path.name} has the wrong size: it must be {KEY_BYTES} bytes;"
            " restore it from your backup"
        )
    return key


def _create(path: Path) -> None:
    """Makes the file whole or not at all; where another process was faster, its key stays."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Has the names in a folder written to the disk."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
