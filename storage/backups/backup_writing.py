"""How the file of a backup is written: under its name only once it is whole and on the disk."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from storage.backups.backup_file import FORMAT, MANIFEST, BackupError, Listing, Step, place
from storage.backups.backup_row import Value, encoded
from storage.engine.errors import Transient

_NO_DATE = (1980, 1, 1, 0, 0, 0)  # a zip must have one; when it was taken is in the manifest


class NoRoom(BackupError, Transient):
    """The disk is full for now."""


class Rows:
    """Takes the rows of one table, as many at a time as there are."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member
        self.digest = hashlib.sha256()
        self.count = 0

    def take(self, rows: Iterable[Sequence[Value]]) -> None:
        """Writes them down."""
        for row in rows:
            line = encoded(row)
            self.digest.update(line)
            self._member.write(line)
            self.count += 1


class Writer:
    """Takes table after table."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._tables: dict[str, Listing] = {}

    @contextmanager
    def table(self, name: str, columns: Sequence[str]) -> Iterator[Rows]:
        """Takes the rows of a table, each in the order of the columns."""
        with self._archive.open(_entry(place(name)), "w", force_zip64=True) as member:
            rows = Rows(member)
            yield rows
        self._tables[name] = Listing(tuple(columns), rows.count, rows.digest.hexdigest())

    def finish(self, taken_at: int, schema: Sequence[Step]) -> None:
        """Writes what the file says about itself; `taken_at` in UTC epoch seconds."""
        manifest = {
            "format": FORMAT,
            "taken_at": taken_at,
            "schema": [asdict(step) for step in schema],
            "tables": {name: asdict(listing) for name, listing in self._tables.items()},
        }
        text = json.dumps(manifest, indent=1).encode()
        self._archive.writestr(_entry(MANIFEST), text)
        self._archive.comment = hashlib.sha256(text).hexdigest().encode()


@contextmanager
def write(path: Path, taken_at: int, schema: Sequence[Step]) -> Iterator[Writer]:
    """A new file, 0600, under its name only once it is whole and on the disk.

    Raises BackupError where there is a file of that name, or where it can't be written; NoRoom
    where the disk is full.
    """
    refuse_existing(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                writer = Writer(archive)
                yield writer
                writer.finish(taken_at, schema)
            file.flush()
            os.fsync(file.fileno())
        refuse_existing(path)
        draft.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise _unwritten(path, error) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def refuse_existing(path: Path) -> None:
    """Raises BackupError where a new file can't have this name."""
    try:
        if path.is_dir():
            raise BackupError(f"{path} is a folder: name a file in it that is not there yet")
        if path.exists():
            raise BackupError(f"{path.name} exists already, and nothing is overwritten")
    except OSError as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> BackupError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoRoom(f"{path.name} can't be written: the disk is full")
    if isinstance(error, FileNotFoundError):
        return BackupError(f"{path.name} can't be written: there is no folder {path.parent}")
    return BackupError(f"{path.name} can't be written: {error.strerror}")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
