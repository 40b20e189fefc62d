"""The file of a backup, and how it is read; backup_writing.py writes it.

It is a zip with a list of rows for each table, the same for both engines. `manifest.json` says
which format, when it was taken, which migrations the database had, and of each table its columns,
its number of rows and the SHA-256 of `tables/<name>.jsonl`. There each line is one row: a JSON
array of numbers, texts, null, and {"base64": "…"} for bytes. The zip's comment is the SHA-256 of
the manifest. So a file that was cut or changed by accident is noticed before a row of it is used;
it is no seal against somebody who computes the sums anew.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from assembly.immutable import immutable
from storage.backups import backup_bounds
from storage.backups.backup_row import Value, decoded
from storage.engine.errors import StorageError

FORMAT = 1
BATCH = 500  # rows
MANIFEST = "manifest.json"
# What zipfile, its decompression and json raise for bytes that somebody has changed.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError),
    *(ValueError, LookupError, TypeError, OverflowError),
)


class BackupError(StorageError):
    """One sentence for the operator: why this can't be backed up, or not put back."""


@immutable
class Step:
    """A migration that the database had."""

    version: int
    name: str
    checksum: str


@immutable
class Listing:
    """What the file says about one table."""

    columns: tuple[str, ...]
    rows: int
    sha256: str


class Backup:
    """A file that was found whole."""

    def __init__(
        self,
        path: Path,
        archive: zipfile.ZipFile,
        taken_at: int,
        schema: tuple[Step, ...],
        tables: Mapping[str, Listing],
    ) -> None:
        self.name = path.name
        self.taken_at = taken_at
        self.schema = schema
        self.tables = tables
        self._archive = archive

    def batches(self, table: str) -> Iterator[list[tuple[Value, ...]]]:
        """The rows of a table, BATCH at a time; raises BackupError where one is none."""
        with self._archive.open(place(table)) as member:
            rows = backup_bounds.lines(member)
            while batch := list(islice(rows, BATCH)):
                yield [self._row(line, len(self.tables[table].columns)) for line in batch]

    def _row(self, line: bytes, width: int) -> tuple[Value, ...]:
        try:
            row = tuple(decoded(value) for value in json.loads(line))
        except _UNREADABLE as error:
            raise damaged(self.name) from error
        if len(row) != width:
            raise damaged(self.name)
        return row


@contextmanager
def read(path: Path) -> Iterator[Backup]:
    """Opens a backup and looks at every byte of it; raises BackupError for anything else."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise BackupError(f"{path.name} is no backup of Voci: it is no file")
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise BackupError(f"{path.name or path} can't be read: {error.strerror}") from error
    except _UNREADABLE as error:
        raise BackupError(
            f"{path.name} is no backup of Voci, or a part of it is missing"
        ) from error
    with archive:
        yield _checked(path, archive)


def damaged(name: str) -> BackupError:
    """The sentence for a file that is not as it was written."""
    return BackupError(f"{name} is damaged: something in it was changed since it was written")


def _checked(path: Path, archive: zipfile.ZipFile) -> Backup:
    if MANIFEST not in archive.namelist():
        raise BackupError(f"{path.name} is no backup of Voci")
    try:
        backup_bounds.within(archive, MANIFEST)
        text = archive.read(MANIFEST)
        if hashlib.sha256(text).hexdigest().encode() != archive.comment:
            raise damaged(path.name)
        manifest = json.loads(text)
        if manifest["format"] != FORMAT:
            raise BackupError(f"{path.name} was written by a newer Voci: update this one first")
        backup = Backup(
            path,
            archive,
            int(manifest["taken_at"]),
            tuple(Step(**step) for step in manifest["schema"]),
            {name: _listing(found) for name, found in manifest["tables"].items()},
        )
        for table, listing in backup.tables.items():
            if _summed(archive, table) != (listing.rows, listing.sha256):
                raise damaged(path.name)
    except backup_bounds.TooLarge as error:
        raise BackupError(f"{path.name} is no backup of Voci: it holds {error}") from error
    except _UNREADABLE as error:
        raise damaged(path.name) from error
    return backup


def _summed(archive: zipfile.ZipFile, table: str) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    with archive.open(place(table)) as member:
        for line in backup_bounds.lines(member):
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _listing(found: Mapping[str, Any]) -> Listing:
    return Listing(tuple(found["columns"]), int(found["rows"]), str(found["sha256"]))


def place(table: str) -> str:
    """Where in the file the rows of a table are."""
    return f"tables/{table}.jsonl"
