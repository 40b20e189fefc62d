"""The file of a backup: a zip with a list of rows for each table, the same for both engines.

`manifest.json` says which format, when it was taken, which migrations the database had, and of each
table its columns, its number of rows and the SHA-256 of `tables/<name>.jsonl`. There each line is
one row: a JSON array of numbers, texts, null, and {"base64": "…"} for bytes. The zip's comment is
the SHA-256 of the manifest. So a file that was cut or changed by accident is noticed before a row
of it is used; it is no seal against somebody who computes the sums anew.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import IO, Any

from assembly.immutable import immutable
from storage.backups import backup_bounds
from storage.backups.backup_row import Value, decoded, encoded
from storage.engine.errors import StorageError, Transient

FORMAT = 1
BATCH = 500  # rows
MANIFEST = "manifest.json"
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # a zip must have one; when it was taken is in the manifest
# What zipfile, its decompression and json raise for bytes that somebody has changed.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError),
    *(ValueError, LookupError, TypeError, OverflowError),
)


class BackupError(StorageError):
    """One sentence for the operator: why this can't be backed up, or not put back."""


class NoRoom(BackupError, Transient):
    """The disk is full for now."""


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
        with self._archive.open(_entry(_place(name)), "w", force_zip64=True) as member:
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
        with self._archive.open(_place(table)) as member:
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
    with archive.open(_place(table)) as member:
        for line in backup_bounds.lines(member):
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _listing(found: Mapping[str, Any]) -> Listing:
    return Listing(tuple(found["columns"]), int(found["rows"]), str(found["sha256"]))


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


def _place(table: str) -> str:
    return f"tables/{table}.jsonl"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
