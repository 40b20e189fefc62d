"""`voci backup` and `voci restore`: the main database to a file and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from assembly.immutable import immutable
from bot.settings import Settings, blaming
from bot.stores import FIELDS, make_folder, nothing_there, open_keys, url_of
from handlers.decisions import closing
from handlers.recovery import restored, upgraded
from storage import drawn_once, endings
from storage.backups import backup, restoring
from storage.backups.backup_file import Backup, BackupError, read
from storage.backups.backup_writing import refuse_existing
from storage.engine import catalogue, schema
from storage.engine.database import Database, Subject
from storage.engine.opening import open_database, open_existing
from storage.erasure import erasures
from storage.erasure.ending_again import end_marked
from storage.erasure.erasing import erase_marked
from storage.erasure.erasures import Eraser
from storage.remains import Wiper
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

_NO_KEYS = (
    "VOCI_KEYS_URL: the key store is not there. Put it back first. If it is lost for good, "
    "voci migrate makes a new one; then answers can't be read any more, and whoever was "
    "erased since comes back"
)


@immutable
class Restored:
    """What a restore did; `taken_at` in UTC epoch seconds."""

    rows: int
    taken_at: int
    void: int  # decisions
    erased: int  # members who were erased again
    ended: int  # memberships, consents, duties and invitations that ended again

    def __str__(self) -> str:
        moment = datetime.fromtimestamp(self.taken_at, UTC)
        return (
            f"{self.rows} rows are back, as they were on {moment:%Y-%m-%d at %H:%M} UTC.\n"
            f"Decisions that were open and are void now: {self.void}.\n"
            f"Members erased since then, and erased again: {self.erased}.\n"
            "Memberships, consents to check-ins, duties and invitations that ended since then, "
            f"and ended again: {self.ended}."
        )


async def back_up(settings: Settings, path: Path, now: int) -> int:
    """Writes a backup of the main database; how many rows. Raises SettingsError, StorageError."""
    refuse_existing(path)
    async with _opened(settings, "main", make=False) as database:
        return await backup.take(database, path, now)


async def restore(settings: Settings, path: Path, now: int) -> Restored:
    """Puts a backup into the empty main database.

    Raises SettingsError or StorageError with one sentence; then nothing is written.
    """
    with read(path) as file:
        restoring.refuse_unfit(file, restoring.MAIN)
        async with _opened(settings, "keys", make=False) as key_database:
            keys = await _keys(settings, key_database, now)
            make_folder(settings)
            async with _opened(settings, "main", make=True) as database:
                done = await _restore(database, keys, file, now)
                await restored.give_up(keys, now)
                eraser = Eraser(database, keys, Wiper(database, key_database, lambda: now))
                await eraser.catch_up()
                await eraser.wiped()
                await pair.catch_up(database, keys.database)
    return done


async def _restore(database: Database, keys: KeyStore, file: Backup, now: int) -> Restored:
    """The ledger is read first; the rows and all that follows from it are one transaction."""
    ledger = Ledger(keys.database)
    erased = {entry.subject: entry.at for entry in await ledger.entries(erasures.KIND)}
    heard = restored.Heard(
        {entry.subject: entry for entry in await ledger.entries(closing.CLOSED)},
        [entry.subject for entry in await ledger.entries(drawn_once.KIND)],
    )
    ended = await endings.heard(ledger)
    above = await keys.highest_id() or 0
    async with database.migrating() as tx:
        rows = await restoring.put_back(tx, database.engine, file, now, above)
        again = await erase_marked(tx, keys, erased, now)
        over = await end_marked(tx, keys, ended, now)
        void = await restored.settle(tx, heard, file.taken_at, now)
        void += await upgraded.tell_cancelled(tx, _open_in(file), now)  # by a migration meanwhile
        changes = await pair.join_restored(tx, keys.database)
    pair.noted(keys.database, changes)
    return Restored(rows, file.taken_at, void, again, over)


def _open_in(file: Backup) -> list[int]:
    """The questions that were open when the backup was taken."""
    if "decisions" not in file.tables:
        return []
    columns = file.tables["decisions"].columns
    number, status = columns.index("id"), columns.index("status")
    batches = file.batches("decisions")
    return [int(str(row[number])) for rows in batches for row in rows if row[status] == "open"]


@asynccontextmanager
async def _opened(settings: Settings, subject: Subject, *, make: bool) -> AsyncIterator[Database]:
    with blaming(FIELDS[subject]):
        opening = open_database if make else open_existing
        database = await opening(url_of(settings, subject), subject)
    if database is None:
        nothing = nothing_there(settings, subject)
        raise nothing if subject == "main" else BackupError(_NO_KEYS)
    try:
        yield database
    finally:
        await database.close()


async def _keys(settings: Settings, database: Database, now: int) -> KeyStore:
    """The key store, which must be there: without it nobody knows who was erased since.

    Raises BackupError where it or the master key is missing, StorageError where they don't fit.
    """
    async with database.reading() as tx:
        there = "ledger" in await catalogue.tables(tx, database.engine)
    if not there:
        raise BackupError(_NO_KEYS)
    await schema.migrate(database, now)
    with blaming("master_key_file"):
        return await open_keys(settings, database)
