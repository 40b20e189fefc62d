"""Taking a backup of either store while the bot runs: one snapshot, written to one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from storage.backups.backup_file import BackupError, Step, write
from storage.backups.backup_row import Value
from storage.backups.backup_tables import KEPT, KEY_TABLES, as_kept, there
from storage.engine import catalogue, schema
from storage.engine.database import Database
from storage.engine.transaction import Row


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
            raise BackupError(f"there is nothing to back up: {known} migrations are waiting")
        layout = [
            Step(row["version"], row["name"], row["checksum"])
            for row in await tx.rows("applied_migrations")
        ]
        written = 0
        with write(path, now, layout) as file:
            for table in there(tables, columns):
                rows = await tx.statement(_all_of(table, columns[table]))
                written += file.add(table, columns[table], _kept(table, columns[table], rows))
    return written


def _all_of(table: str, columns: Sequence[str]) -> str:
    """By all columns: where rows lie would tell which came before which."""
    order = ", ".join(str(place) for place in range(1, len(columns) + 1))
    return f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"  # noqa: S608 - the schema's


def _kept(table: str, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[list[Value]]:
    for row in rows:
        kept = as_kept(table, {column: row[column] for column in columns})
        if kept is not None:
            yield [kept[column] for column in columns]
