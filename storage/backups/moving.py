"""A store from one database to another, of either engine: copied in one step, and compared.

What it comes from is left as it is; who runs the bot deletes it once all is well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assembly.immutable import immutable
from storage.backups.backup_file import BATCH, BackupError
from storage.backups.backup_row import Value, encoded
from storage.backups.backup_tables import KEPT, KEY_TABLES, LEFT_OUT
from storage.engine import catalogue, schema
from storage.engine.database import Database, Subject
from storage.engine.schema import MIGRATIONS
from storage.engine.transaction import Transaction

_EVERY: dict[Subject, tuple[str, ...]] = {
    "main": (*KEPT, *(table for table in LEFT_OUT if table != "schema_versions")),
    "keys": KEY_TABLES,
}


@immutable
class Moved:
    """What is the same in both, counted and summed."""

    tables: int
    rows: int


async def move(source: Database, target: Database, now: int) -> Moved:
    """Copies everything into an empty database; `now` in UTC epoch seconds.

    Call it while nothing writes to the source: what comes later is not in the copy. Raises
    BackupError where the source is not up to date, the target is not empty, or the two differ
    afterwards; then the target is as it was.
    """
    if waiting := await schema.pending(source):
        raise BackupError(f"{len(waiting)} migrations are waiting: voci migrate")
    tables, rows = _EVERY[source.subject], 0
    known = schema.available(MIGRATIONS / source.subject)
    async with source.reading() as old, target.migrating() as new:
        for step in await schema.begin(new, known):
            await schema.apply(new, target.engine, step, now)
        columns = await catalogue.columns(old, source.engine)
        for table in tables:
            if await new.statement(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608
                raise BackupError("the database is not empty, and nothing is overwritten")
        for table in tables:
            copied = await _summed(old, table, columns[table], into=new)
            if await _summed(new, table, columns[table]) != copied:
                raise BackupError(f"the copy of {table} differs: nothing was moved")
            rows += copied.rows
        highest = await catalogue.highest_id(new, target.engine)
        await catalogue.give_ids_above(new, target.engine, max(highest, now))
    return Moved(len(tables), rows)


@dataclass(slots=True)
class _Sum:
    """How many rows, and their SHA-256 added up: each engine has an order of its own."""

    rows: int = 0
    total: int = 0

    def take(self, rows: Sequence[Sequence[Value]]) -> None:
        for row in rows:
            digest = hashlib.sha256(encoded(row)).digest()
            self.total = (self.total + int.from_bytes(digest)) % 2**256
        self.rows += len(rows)


async def _summed(
    tx: Transaction, table: str, columns: Sequence[str], into: Transaction | None = None
) -> _Sum:
    """Of a table, copied on the way; a few hundred rows at a time, as it can be a year's."""
    found = _Sum()
    async for batch in tx.batches(f"SELECT {', '.join(columns)} FROM {table}", BATCH):  # noqa: S608
        rows = [[row[column] for column in columns] for row in batch]
        found.take(rows)
        if into is not None:
            await into.insert(table, columns, rows)
    return found
