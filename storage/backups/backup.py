"""Taking a backup of either store while the bot runs: one snapshot, written to one file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from storage.backups.backup_file import BATCH, BackupError, Step
from storage.backups.backup_row import Value
from storage.backups.backup_tables import KEPT, KEY_TABLES, as_kept, there
from storage.backups.backup_writing import write
from storage.engine import catalogue, schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction


async def take(database: Database, path: Path, now: int) -> int:
    """Writes what is committed at this moment to a new file; how many rows.

    `now` is noted as the moment it was taken (UTC epoch seconds). Raises BackupError where there is
    nothing to back up, the file exists or can't be written; StorageError as a query does.
    """
    tables = KEPT if database.subject == "main" else KEY_TABLES
    known = len(await schema.pending(database))
    async with database.reading() as tx:
        columns = await catalogue.columns(tx, database.engine)
        if "schema_versions" not in columns:
            raise BackupError(
                f"there is nothing to back up: {known} migrations are waiting. voci run makes the "
                "database; if there was one, the settings name another place"
            )
        layout = [
            Step(row["version"], row["name"], row["checksum"])
            for row in await tx.rows("applied_migrations")
        ]
        written = 0
        with write(path, now, layout) as file:
            for table in there(tables, columns):
                with file.table(table, columns[table]) as kept:
                    async for rows in _kept(tx, table, columns[table]):
                        kept.take(rows)
                written += kept.count
    return written


def _all_of(table: str, columns: Sequence[str]) -> str:
    """By all columns: where rows lie would tell which came before which."""
    order = ", ".join(str(place) for place in range(1, len(columns) + 1))
    return f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"  # noqa: S608 - the schema's


async def _kept(
    tx: Transaction, table: str, columns: Sequence[str]
) -> AsyncIterator[list[list[Value]]]:
    """The rows that a backup keeps, a few hundred at a time, as the copy of a year is large."""
    async for rows in tx.batches(_all_of(table, columns), BATCH):
        found = [as_kept(table, {name: row[name] for name in columns}) for row in rows]
        yield [[row[name] for name in columns] for row in found if row is not None]
