"""Changing the master key while the bot runs; killed at any step, it goes on where it was.

The next key lies beside the old one until nothing is wrapped by the old one any more:

1. `master.key.next` is written.
2. The key store says that it wraps from now on: whoever makes a key looks there first.
3. Everything is wrapped anew, so many rows a transaction.
4. It takes the old one's place, which is then overwritten and deleted.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from storage.engine.database import Database
from storage.engine.errors import StorageError, WrongStore
from storage.engine.transaction import Transaction
from storage.secrets import master_key, pair
from storage.secrets.cipher import seal
from storage.secrets.keys import KeyStore
from storage.secrets.masters import Masters, fingerprint, key_of_marks
from storage.secrets.wrapped import MARKS, ballot_context, data_context

BATCH = 200  # rows a transaction: nobody's press waits longer than some milliseconds


class _Table(NamedTuple):
    """The queries that read and write a table's keys, and what each of them is bound to."""

    read: str
    write: str
    context: Callable[[int], bytes]


_TABLES = (
    _Table("data_keys_after", "rewrap_data_key", data_context),
    _Table("ballot_keys_after", "rewrap_ballot_key", ballot_context),
)


def next_of(path: Path) -> Path:
    """Where the next key lies until it takes the place of the one at `path`."""
    return path.with_name(f"{path.name}.next")


def old_of(path: Path) -> Path:
    """Where the old key lies until it is destroyed."""
    return path.with_name(f"{path.name}.old")


def under_way(path: Path) -> bool:
    """Whether a change was begun and not brought to its end."""
    return next_of(path).exists() or old_of(path).exists()


def present(path: Path) -> list[bytes]:
    """The master key at `path`, and the next one where there is one; raises as load()."""
    return [master_key.load(each) for each in (path, next_of(path)) if each.exists()]


def masters(path: Path) -> Masters:
    """Those, read again when something doesn't open; raises as load()."""
    return Masters([master_key.load(path), *present(path)[1:]], lambda: present(path))


async def rotate(database: Database, path: Path) -> int:
    """Changes the master key, or brings a change to its end; how many keys were wrapped anew.

    Raises StorageError where a key can't be read or written, WrongStore where it doesn't fit.
    """
    if old_of(path).exists() and not next_of(path).exists():
        _destroy(old_of(path))
        return 0
    await KeyStore(database, masters(path)).check()
    master_key.load_or_create(next_of(path))
    new = master_key.load(next_of(path))
    both = Masters([master_key.load(path), new])
    await pair.change(database, lambda tx: _begin(tx, both, new))
    count = sum([await _wrap_anew(database, table, both, new) for table in _TABLES])
    await database.truncate_wal()
    _take_place(path)
    return count


async def _begin(tx: Transaction, both: Masters, new: bytes) -> None:
    row = await tx.row("master")
    marks = both.unwrap(row["marks"], MARKS) if row else key_of_marks(both.named(None))
    if row is None or row["fingerprint"] != fingerprint(new):
        await tx.run("put_master", fingerprint=fingerprint(new), marks=seal(new, marks, MARKS))


async def _wrap_anew(database: Database, table: _Table, both: Masters, new: bytes) -> int:
    """All keys of a table, in batches; how many the new master key had not wrapped yet."""
    only_new, count, last = Masters([new]), 0, 0

    async def work(tx: Transaction) -> tuple[int, int | None]:
        rows, done = await tx.rows(table.read, last=last, many=BATCH), 0
        for row in rows:
            where = table.context(row["id"])
            try:
                only_new.unwrap(row["wrapped"], where)
            except WrongStore:
                wrapped = seal(new, both.unwrap(row["wrapped"], where), where)
                done += await tx.run(table.write, id=row["id"], wrapped=wrapped)
        return done, rows[-1]["id"] if rows else None

    while True:
        done, end = await database.run(work)
        count += done
        if end is None:
            return count
        last = end


def _take_place(path: Path) -> None:
    """From here on nothing is wrapped by the old key; its bytes are destroyed last of all."""
    try:
        if not old_of(path).exists():
            os.link(path, old_of(path))
        next_of(path).replace(path)
        master_key.sync_folder(path.parent)
        _destroy(old_of(path))
    except OSError as error:
        raise StorageError(f"{path.name} can't be changed: {error.strerror}") from error


def _destroy(path: Path) -> None:
    """Overwrites and deletes a file; on some disks and file systems copies of it may be left."""
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    master_key.sync_folder(path.parent)
