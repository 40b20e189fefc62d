"""The two stores belong to each other: an id in common, and how far each knows the other to be.

Whatever is written to the key store counts its changes up, in the same transaction. The main
database notes the number in the transaction that builds on the change, or at the next tick; once
that is committed, the key store keeps it as noted. Whatever dies in between, this order holds:

    noted (key store)  <=  changes (main database)  <=  changes (key store)

So a copy that is older than what the other store knows of it is told from a crash: an older key
store has fewer changes than were noted, an older main database has noted fewer than is known.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from assembly.immutable import immutable
from storage.engine import catalogue
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction

T = TypeVar("T")


class Misfit(Enum):
    """Why two stores can't be used together."""

    NO_KEYS = "the key store is missing or new"
    NO_MAIN = "the main database is missing or new"
    FOREIGN = "they belong to others"
    OLDER_KEYS = "the key store is an older copy"
    OLDER_MAIN = "the main database is an older copy"


@immutable
class MainState:
    """What the main database says: `used` by anybody, `answers` that only the keys open."""

    id: str | None = None
    changes: int = 0
    used: bool = False
    answers: bool = False


@immutable
class KeyState:
    """What the key store says: `used` where it holds a key, or anything in the ledger.

    `sealed`: only one master key opens it, since it is used or that key was changed once.
    """

    id: str | None = None
    changes: int = 0
    noted: int = 0
    used: bool = False
    sealed: bool = False


def misfit(main: MainState, keys: KeyState) -> Misfit | None:
    """Why these two can't be used together; None where they can.

    Stores from before there was an id are taken to belong together, unless one of them is empty.
    Where neither holds anything yet, nothing can be lost.
    """
    if not main.used and not keys.used:
        return None
    if not main.used:
        return Misfit.NO_MAIN
    if not keys.used and keys.id != main.id:
        return Misfit.NO_KEYS
    if main.id is None and keys.id is None:
        return Misfit.NO_KEYS if main.answers and not keys.used else None
    if keys.id is None:
        return Misfit.OLDER_KEYS
    if main.id is None:
        return Misfit.OLDER_MAIN if keys.noted else None
    if main.id != keys.id:
        return Misfit.FOREIGN
    if keys.changes < main.changes:
        return Misfit.OLDER_KEYS
    return Misfit.OLDER_MAIN if main.changes < keys.noted else None


async def compare(main: Database | None, keys: Database | None) -> Misfit | None:
    """Looks at both as they are, in whatever version of the schema; None: that one is not there.

    Another process may be writing meanwhile: what is small in the order above is read first.
    """
    before = await key_state(keys)
    seen = await main_state(main)
    return misfit(seen, replace(await key_state(keys), noted=before.noted))


async def main_state(database: Database | None) -> MainState:
    """What stands in the main database, of whatever version; writes nothing."""
    if database is None:
        return MainState()
    async with database.reading() as tx:
        tables = {*await catalogue.tables(tx, database.engine)}
        row = await tx.row("pair") if "pair" in tables else None
        return MainState(
            id=row["id"] if row else None,
            changes=row["changes"] if row else 0,
            used="people" in tables and bool(await tx.value("database_is_used")),
            answers="answers" in tables and bool(await tx.value("database_has_answers")),
        )


async def key_state(database: Database | None) -> KeyState:
    """What stands in the key store, of whatever version; writes nothing."""
    if database is None:
        return KeyState()
    async with database.reading() as tx:
        tables = {*await catalogue.tables(tx, database.engine)}
        row = await tx.row("counterpart") if "counterpart" in tables else None
        changed = "master" in tables and await tx.row("master") is not None
        used = "ledger" in tables and bool(await tx.value("key_store_is_used"))
        return KeyState(
            id=row["id"] if row else None,
            changes=row["changes"] if row else 0,
            noted=row["noted"] if row else 0,
            used=used,
            sealed=used or changed,
        )


async def change(keys: Database, work: Callable[[Transaction], Awaitable[T]]) -> T:
    """Does the work in a transaction of the key store, counted; again as Database.run."""

    async def counted(tx: Transaction) -> tuple[T, int | None]:
        return await work(tx), await tx.value("one_change_more")

    done, changes = await keys.run(counted)
    keys.changes = max(keys.changes, changes or 0)  # none: the stores are not joined yet
    return done


async def note(tx: Transaction, keys: Database) -> int:
    """Before a commit of the main database: notes what it builds on. Give the answer to noted().

    Costs nothing where this process has changed nothing in the key store.
    """
    changes = keys.changes  # while it is noted, others count on
    if changes > keys.noted:
        await tx.run("note_changes", changes=changes)
    return changes


def noted(keys: Database, changes: int) -> None:
    """After that commit."""
    keys.noted = max(keys.noted, changes)


async def catch_up(main: Database, keys: Database) -> None:
    """At start, at each tick, at the end: notes what is not noted, and lets the key store know."""
    if keys.changes > keys.noted:
        heard = await highest_heard(keys)

        async def work(tx: Transaction) -> int:
            await hear(tx, heard)
            return await note(tx, keys)

        noted(keys, await main.run(work))
    if keys.noted > keys.kept:
        changes = keys.noted
        await keys.run(lambda tx: tx.run("keep_as_noted", changes=changes))
        keys.kept = changes


async def highest_heard(keys: Database) -> int:
    """Up to which entry of the ledger all has happened in the main database by now.

    0 before a start has looked (storage/erasure/hearing.py). Ask before the transaction of hear().
    """
    if not keys.listened:
        return 0
    async with keys.reading() as tx:
        return int(await tx.value("highest_ledger_id") or 0)


async def hear(tx: Transaction, heard: int) -> None:
    """Notes it in the main database, where it is more than was noted before."""
    if heard:
        await tx.run("note_heard", heard=heard)


async def join(main: Database, keys: Database) -> None:
    """At start, once both fit and are migrated: heals what a crash left, and counts the start.

    So a copy of one store from before any start is told from a later one.
    """
    ours = (await main_state(main)).id

    async def begin(tx: Transaction) -> str:
        row = await tx.row("counterpart")
        if row is not None:
            return str(row["id"])
        name = secrets.token_hex(16)
        await tx.run("put_counterpart", id=name, changes=0)
        return name

    theirs = await keys.run(begin)
    if ours != theirs:
        await main.run(lambda tx: tx.run("put_pair", id=theirs, changes=0))
    await count_on(main, keys)


async def join_restored(tx: Transaction, keys: Database) -> int:
    """In the transaction of a restore, once its rows are there; give the answer to noted().

    The main database is older on purpose: from now on whatever was put aside is the older one of
    the two. A key store from before there was an id, or a new one, begins another pair.
    Raises StorageError where the key store is another database's.
    """
    row = await tx.row("pair")
    name, changes = (row["id"], row["changes"]) if row else (None, 0)
    state = await key_state(keys)
    if name is not None and state.used and state.id not in (None, name):
        raise StorageError(
            "the backup is of another database than the one that this key store belongs to: put "
            "the key store of that database there, or take the right backup"
        )
    joined, higher = state.id or secrets.token_hex(16), max(changes, state.changes) + 1
    await keys.run(lambda own: own.run("put_counterpart", id=joined, changes=higher))
    await tx.run("put_pair", id=joined, changes=higher)
    keys.changes = higher
    return higher


async def count_on(main: Database, keys: Database) -> None:
    """Counts a change of nothing: copies of either store from before are older from now on."""

    async def nothing(tx: Transaction) -> None:
        pass

    await change(keys, nothing)
    await catch_up(main, keys)
