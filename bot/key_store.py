"""`voci keys …`: what the key store holds, its backups, and a new master key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import Settings, StoresError, blaming
from bot.stores import (
    existing,
    fitting_keys,
    make_folder,
    refuse_misfit,
    there,
    url_of,
)
from storage.backups import backup, restoring
from storage.backups.backup_file import Backup, BackupError, damaged, read
from storage.backups.backup_writing import refuse_existing
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.opening import called, open_database
from storage.engine.transaction import Transaction
from storage.secrets import pair, rotation
from storage.secrets.masters import Masters
from storage.secrets.wrapped import ballot_context, data_context

DAY = 86_400
USABLE = 7 * DAY  # seconds: as long as a copy of the key store may bring anything back

_WRAPPED: tuple[tuple[str, str, Callable[[int], bytes]], ...] = (
    ("data_keys", "member_id", data_context),
    ("ballot_keys", "decision_id", ballot_context),
)


async def status(settings: Settings, now: int) -> str:
    """Counts and ages, no secret. Raises StoresError where the stores can't be used together."""
    async with AsyncExitStack() as stack:
        database = await there(stack, settings, "keys")
        await _refuse_pending(database)
        main = await existing(stack, settings, "main")
        await refuse_misfit(settings, main, database)
        await fitting_keys(settings, database)
        async with database.reading() as tx:
            row = await tx.row("key_counts")
    assert row is not None  # noqa: S101 - it counts, and so always answers
    path, copied = settings.master_key_path, row["copied_at"]
    lines = [
        f"{called(url_of(settings, 'keys'))}: keys of members: {row['members']}, "
        f"of open questions: {row['decisions']}; entries in the ledger: {row['entries']}"
        + (f", the last on {_day(row['latest'])}." if row["latest"] else "."),
        f"It belongs to {called(url_of(settings, 'main'))}, and neither is older than the other.",
    ]
    if path.exists():
        days = max(0, now - int(path.stat().st_mtime)) // DAY
        lines.append(f"{path.name}: put there {days} days ago.")
    if rotation.under_way(path):
        lines.append("A change of the master key is not at its end: voci keys rotate goes on.")
    if copied is None:
        lines.append("There is no copy of it that is usable: voci keys backup FILE.")
    else:
        lines.append(f"Last copied on {_day(copied)}; usable until {_day(copied + USABLE)}.")
    return "\n".join(lines)


async def rotate(settings: Settings) -> str:
    """A new master key, while the bot runs; or the rest of a change that was cut short."""
    async with AsyncExitStack() as stack:
        database = await there(stack, settings, "keys")
        await _refuse_pending(database)
        main = await existing(stack, settings, "main")
        await refuse_misfit(settings, main, database)
        with blaming("master_key_file"):
            count = await rotation.rotate(database, settings.master_key_path)
        await database.run(lambda tx: tx.run("forget_key_copies"))  # nothing opens them any more
        if main is not None and (await pair.main_state(main)).id is not None:
            await pair.catch_up(main, database)
    return (
        f"{settings.master_key_path.name} is new; keys wrapped anew: {count}. The old one is "
        "destroyed, and with it every copy of the key store so far. Copy both now, apart from "
        "each other: voci keys backup FILE."
    )


async def back_up(settings: Settings, path: Path, now: int) -> str:
    """Writes the key store to a file that is good for 7 days, and deletes older ones beside it.

    Raises StoresError where it doesn't fit the main database: written it is, and the older ones
    stay, of which one may be the right one.
    """
    async with AsyncExitStack() as stack:
        database = await there(stack, settings, "keys")
        await _refuse_pending(database)
        rows = await _copied(database, path, now)
        try:
            await refuse_misfit(settings, await existing(stack, settings, "main"), database)
        except StoresError as error:
            kept = f"{path.name}: {rows} rows, and no older copy was deleted."
            raise StoresError([f"{error}\n{kept}"]) from None
    gone = [old.name for old in _too_old(path, now)]
    for name in gone:
        path.with_name(name).unlink()
    return (
        f"{path.name}: {rows} rows, usable until {_day(now + USABLE)}; delete it then. The master "
        "key is not in it: keep that elsewhere."
        + (f"\nDeleted, being older than 7 days: {', '.join(gone)}." if gone else "")
    )


async def restore(settings: Settings, path: Path, now: int) -> str:
    """Puts a copy of the key store into an empty one, without the keys of who is gone since."""
    with read(path) as file:
        restoring.refuse_unfit(file, restoring.KEYS)
        _refuse_old(file, now)
        make_folder(settings)
        with blaming("master_key_file"):
            _refuse_other_master(file, rotation.masters(settings.master_key_path))
        async with AsyncExitStack() as stack:
            main = await existing(stack, settings, "main")
            with blaming("keys_url"):
                database = await open_database(url_of(settings, "keys"), "keys")
            stack.push_async_callback(database.close)
            async with database.migrating() as tx:
                into = restoring.KEYS
                rows = await restoring.put_back(tx, database.engine, file, now, 0, into)
                gone = await _without_who_is_gone(tx, main)
            said = (
                f"{rows} rows are back, as they were on {_day(file.taken_at)}. Keys of members who "
                f"are gone since, and destroyed again: {gone}."
            )
            try:
                await refuse_misfit(settings, main, database)
            except StoresError as error:
                return f"{said}\n{error}"
    return f"{said}\nBoth stores fit: voci check, then voci run."


async def _refuse_pending(database: Database) -> None:
    if waiting := await schema.pending(database):
        raise BackupError(f"{len(waiting)} migrations of the key store are waiting: voci migrate")


async def _copied(database: Database, path: Path, now: int) -> int:
    """Writes the copy, which is noted before: one that is not known would be the worse fault."""
    refuse_existing(path)
    await database.run(lambda tx: _note_copy(tx, now))
    try:
        return await backup.take(database, path, now)
    except StorageError:
        # Where it was written, and what failed came behind that, it can be put back.
        if not path.exists():  # noqa: ASYNC240 - of a command that does nothing else
            await database.run(lambda tx: tx.run("forget_key_copy", at=now))
        raise


async def _note_copy(tx: Transaction, now: int) -> None:
    await tx.run("prune_key_copies", before=now - USABLE)
    await tx.run("note_key_copy", at=now)


def _too_old(path: Path, now: int) -> list[Path]:
    """Copies of the key store beside this one, with the same ending, past their 7 days."""
    found = []
    for other in sorted(path.parent.glob(f"*{path.suffix}")):
        if other == path or not other.is_file():
            continue
        try:
            with read(other) as file:
                if "data_keys" in file.tables and file.taken_at + USABLE < now:
                    found.append(other)
        except BackupError:
            continue
    return found


def _refuse_old(file: Backup, now: int) -> None:
    if file.taken_at + USABLE < now:
        raise BackupError(
            f"{file.name} is of {_day(file.taken_at)}, and was usable until "
            f"{_day(file.taken_at + USABLE)}: by now it would bring back keys that were destroyed "
            "for good. Delete it"
        )


def _refuse_other_master(file: Backup, masters: Masters) -> None:
    """Raises WrongStore where the master key that is there doesn't open what was copied."""
    for table, column, context in _WRAPPED:
        columns = file.tables[table].columns if table in file.tables else ()
        for rows in file.batches(table) if columns else ():
            row = dict(zip(columns, rows[0], strict=True))
            number, wrapped = row[column], row["wrapped"]
            if not isinstance(number, int) or not isinstance(wrapped, bytes):
                raise damaged(file.name)
            masters.unwrap(wrapped, context(number))
            break


async def _without_who_is_gone(tx: Transaction, main: Database | None) -> int:
    """Destroys keys of whom the main database, being as new or newer, does not know any more."""
    state = await pair.main_state(main)
    row = await tx.row("counterpart")
    if main is None or row is None or state.id != row["id"] or state.changes < row["changes"]:
        return 0
    known: set[int] = set()
    async with main.reading() as reading:
        async for rows in reading.batches("SELECT id FROM members", rotation.BATCH):
            known.update(row["id"] for row in rows)
    last, gone = 0, 0
    while rows := await tx.rows("data_keys_after", last=last, many=rotation.BATCH):
        for each in rows:
            if each["id"] not in known:
                gone += await tx.run("remove_data_key", member_id=each["id"])
        last = rows[-1]["id"]
    return gone


def _day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d, %H:%M} UTC"
