"""Putting the rows of a backup into an empty database; what follows from it is the caller's.

Everything happens in the caller's transaction: the schema as it was, the rows, the schema as it
is now. So a database is either as empty as before, or whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from assembly.immutable import immutable
from storage.backups.backup_file import Backup, BackupError, damaged
from storage.backups.backup_tables import KEPT, KEY_TABLES, there
from storage.engine import catalogue, schema
from storage.engine.database import Subject
from storage.engine.errors import Conflict
from storage.engine.schema import MIGRATIONS, Migration
from storage.engine.transaction import Transaction


@immutable
class Into:
    """Where a backup goes: which migrations lead there, its tables in order, its setting."""

    subject: Subject
    tables: Sequence[str]
    setting: str


MAIN = Into("main", KEPT, "VOCI_DATABASE_URL")
KEYS = Into("keys", KEY_TABLES, "VOCI_KEYS_URL")


async def put_back(
    tx: Transaction, engine: str, backup: Backup, now: int, above: int, into: Into = MAIN
) -> int:
    """Loads a backup and brings it up to date; how many rows.

    No id is given a second time: those to come are higher than every one that stands in the backup,
    than `above` (the highest with a key) and than `now` in seconds. Between the backup and this
    moment ids were given that nothing here knows, and old buttons in the chats still carry them;
    but never as many as seconds had passed since 1970, nor since the restore before.

    Raises BackupError where the database is not empty, or the backup does not fit this program.
    """
    known = schema.available(MIGRATIONS / into.subject)
    refuse_unfit(backup, into)
    waiting = await schema.begin(tx, known)
    await _refuse_filled(tx, engine, backup, into)
    version = len(backup.schema)
    if len(known) - len(waiting) > version:
        raise BackupError(
            f"{backup.name} is older than the empty database (migration {version} of {len(known)}):"
            " put it into a new one in which nothing has been migrated yet"
        )
    for step in (step for step in waiting if step.version <= version):
        await schema.apply(tx, engine, step, now)
    loaded = await _load(tx, engine, backup, into)
    # A migration may write rows of its own: they must not get an id that was loaded just now.
    await catalogue.give_ids_above(tx, engine, await catalogue.highest_id(tx, engine))
    for step in (step for step in waiting if step.version > version):
        await schema.apply(tx, engine, step, now)
    highest = await catalogue.highest_id(tx, engine)
    await catalogue.give_ids_above(tx, engine, max(highest, above, now))
    return loaded


def refuse_unfit(backup: Backup, into: Into) -> None:
    """Raises BackupError where a backup is of the other store or of another program.

    Looks at nothing but the backup: call it before a database is made for it, too.
    """
    _refuse_other(backup, into)
    _refuse_foreign(backup, schema.available(MIGRATIONS / into.subject))


def _refuse_other(backup: Backup, into: Into) -> None:
    """Main database and key store have each their own way back."""
    of_keys = "data_keys" in backup.tables
    if of_keys != (into is KEYS):
        store, way = ("key store", "keys restore") if of_keys else ("main database", "restore")
        raise BackupError(f"{backup.name} is a backup of the {store}: voci {way} {backup.name}")


def _refuse_foreign(backup: Backup, known: list[Migration]) -> None:
    """Its migrations must be the first of ours, unchanged."""
    if len(backup.schema) > len(known):
        newer = backup.schema[len(known)].name
        raise BackupError(
            f"{backup.name} is newer than this program, it has migration {newer}: update Voci first"
        )
    for step, migration in zip(backup.schema, known, strict=False):
        ours = (migration.version, migration.name, migration.checksum)
        if (step.version, step.name, step.checksum) != ours:
            raise BackupError(f"{backup.name} does not fit: migration {step.name} is not as ours")


async def _refuse_filled(tx: Transaction, engine: str, backup: Backup, into: Into) -> None:
    for table in await catalogue.tables(tx, engine):
        if table != "schema_versions" and await tx.statement(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608
            raise BackupError(
                f"the database is not empty, and {backup.name} only goes into an empty one: "
                f"put the old one aside, or name a new one in {into.setting}"
            )


async def _load(tx: Transaction, engine: str, backup: Backup, into: Into) -> int:
    columns = await catalogue.columns(tx, engine)
    order = there(into.tables, columns)
    if set(backup.tables) != set(order):
        raise damaged(backup.name)
    for table in order:
        if sorted(backup.tables[table].columns) != sorted(columns[table]):
            raise damaged(backup.name)
        for rows in backup.batches(table):
            try:
                await tx.insert(table, backup.tables[table].columns, rows)
            except Conflict as error:
                raise damaged(backup.name) from error
    return sum(listing.rows for listing in backup.tables.values())
