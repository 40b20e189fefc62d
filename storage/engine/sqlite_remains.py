"""Overwrites what deleting leaves in the pages of a SQLite file, while everybody goes on using it.

secure_delete overwrites a row where it lies, and each page that is given back. It does not reach
what lies between the pointers and the cells of a page: copies of rows from when the page was split
or balanced (https://sqlite.org/fileformat2.html, "unallocated space"). SQL has one statement that
does, VACUUM: it writes the whole file anew, in memory or in a second file, and all wait for it.
So these bytes are overwritten with zeros in the file itself, a few pages at a time. That is sound:

- The write lock is held and the log is empty: no page is newer than in the file, and nobody else
  writes to it. What is overwritten belongs to nothing, so whoever reads meanwhile does not see it.
- Each step ends with a commit. By it every connection notices that what it remembers of pages is
  out of date; else it could write them back with the copies in them.
- The pages of a file with auto-vacuum that say where others belong can look like those of a b-tree;
  such a file is refused. Voci makes none.
- A row that is gone is not copied any more: a page that was once overwritten stays free of it.
- Cut short at any moment, what is left is a file that says the same. All is done again then.

It is a process of its own because SQLite's locks are POSIX locks: whoever closes a second
descriptor of the file gives up all that their process has (https://sqlite.org/howtocorrupt.html).
It stands alone, without imports of ours: it is started by its path and ready at once.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

STEP = 1 << 20  # bytes of the file; as long as it takes to look at them nobody else writes
LOCK_TIMEOUT = 0.05  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.002, 0.1  # seconds, doubled while somebody is in the way
PATIENCE = 1.0  # seconds without a step

IN_THE_WAY, DAMAGED = 75, 65  # what the process ends with, of sysexits.h: try again; bad data

_HEADER = struct.Struct(">BHHHB")  # kind, first freeblock, cells, where their content begins, rest
_TREE = {2: 12, 5: 12, 10: 8, 13: 8}  # pages of b-trees: the length of their header
_HEAD = struct.Struct(">16xH34xI")  # of the file: bytes of a page; above 0 with auto-vacuum
# From here on the first byte of a page that continues a long row can look like that of a b-tree:
# it is the first of the next such page's number.
TOO_MANY_PAGES = 2 << 24


class Damaged(Exception):
    """A page says of itself what can't be."""


class InTheWay(Exception):
    """Somebody reads or writes all the time."""


class AutoVacuum(Exception):
    """The file has pages that this module does not know."""


def unallocated(pages: bytes, at: int, size: int) -> tuple[int, int]:
    """Where the page that begins `at` has bytes that belong to nothing, from and up to.

    Both alike for a page that is not one of a b-tree. Raises Damaged.
    """
    kind, _, cells, content, _ = _HEADER.unpack_from(pages, at)
    if kind not in _TREE:
        return at, at
    begin, end = _TREE[kind] + 2 * cells, content or 65_536
    if not begin <= end <= size:
        raise Damaged
    return at + begin, at + end


def overwrite(path: Path) -> None:
    """All of the file, step by step.

    Raises InTheWay, Damaged, AutoVacuum, OSError, sqlite3.Error.
    """
    with path.open("r+b", buffering=0) as file, closing(_connection(path)) as connection:
        descriptor = file.fileno()
        at, length = 0, None
        while length is None or at < length:
            os.pread(descriptor, STEP, at)  # so that nobody waits for the disk to find it
            begun = time.monotonic()
            length = _step(connection, path, descriptor, at)
            os.fsync(descriptor)  # whoever empties the log next would have to wait for it
            time.sleep(max(FIRST_PAUSE, time.monotonic() - begun))  # half of the time is others'
            at += STEP


def _page_size(descriptor: int) -> int:
    size, auto_vacuum = _HEAD.unpack(os.pread(descriptor, _HEAD.size, 0))
    if auto_vacuum:
        raise AutoVacuum
    return 65_536 if size == 1 else int(size)


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("secure_delete = ON", "synchronous = NORMAL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _step(connection: sqlite3.Connection, path: Path, descriptor: int, at: int) -> int:
    """One part of the file; how long the file is, now that nothing of it stands in the log only."""
    pause, until = FIRST_PAUSE, time.monotonic() + PATIENCE
    while not _locked(connection, path):
        if time.monotonic() > until:
            raise InTheWay
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    try:
        length, size = os.fstat(descriptor).st_size, _page_size(descriptor)
        if length // size >= TOO_MANY_PAGES:
            raise Damaged
        _overwrite(descriptor, at, size)
        [version] = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")
    finally:
        connection.execute("COMMIT")
    return length


def _locked(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the write lock could be had while the log is empty; otherwise nothing is held."""
    connection.execute("PRAGMA busy_timeout = 0")  # it would wait with the write lock in its hand
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        return False
    connection.execute(f"PRAGMA busy_timeout = {int(LOCK_TIMEOUT * 1_000)}")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    with suppress(FileNotFoundError):
        if path.with_name(f"{path.name}-wal").stat().st_size:
            connection.execute("ROLLBACK")
            return False
    return True


def _overwrite(descriptor: int, at: int, size: int) -> None:
    pages = os.pread(descriptor, STEP, at)
    # The first page is left out: it begins the list of tables, in which there is nobody. And the
    # commit of each step writes it.
    for page in range(0 if at else size, len(pages), size):
        begin, end = unallocated(pages, page, size)
        if pages.count(0, begin, end) < end - begin:
            os.pwrite(descriptor, bytes(end - begin), at + begin)


def main(path: Path) -> int:
    """What the process ends with; the name of an error on standard error."""
    try:
        overwrite(path)
    except InTheWay:
        return IN_THE_WAY
    except Damaged:
        return DAMAGED
    except AutoVacuum:
        sys.stderr.write("AutoVacuum")
        return 1
    except (OSError, sqlite3.Error) as error:
        sys.stderr.write(getattr(error, "sqlite_errorname", type(error).__name__))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
