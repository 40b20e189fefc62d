"""Data keys of members and ballot keys of decisions, wrapped by the master key.

Destroying a key makes all that it sealed unreadable.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Collection

from storage.engine import catalogue
from storage.engine.database import ATTEMPTS, FIRST_PAUSE, Database, Sleep
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.secrets import pair
from storage.secrets.cipher import KEY_BYTES, seal
from storage.secrets.masters import Masters, key_of_marks
from storage.secrets.wrapped import MARKS, ballot_context, data_context, data_keys


class KeyDestroyed(StorageError):
    """There is no key: it was destroyed, or never made."""


class KeyStore:
    """The key store, a database of its own that is in no backup of the main one.

    Order across the two (docs/architecture.md, "Two stores"): create the key, then commit;
    commit the erasure, then destroy the key, and again at start for whatever a crash left undone.
    """

    def __init__(
        self, database: Database, master_key: bytes | Masters, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self.database = database
        self._masters = Masters([master_key]) if isinstance(master_key, bytes) else master_key
        self._marks = key_of_marks(self._masters.named(None))  # see check()
        self._sleep = sleep
        self._ballot_keys: dict[int, bytes] = {}  # of open decisions: a ballot waits for nothing
        self.just_made: set[int] = set()  # ballot keys of decisions that may be rolled back yet

    async def create_key(self, member_id: int) -> bytes:
        """The member's 32-byte key, made if there is none yet."""
        key = secrets.token_bytes(KEY_BYTES)

        async def work(tx: Transaction) -> int:
            wrapped = await self._wrapped(tx, key, data_context(member_id))
            return await tx.run("add_data_key", member_id=member_id, wrapped=wrapped)

        made = await pair.change(self.database, work)
        return key if made else await self.key(member_id)

    async def key(self, member_id: int) -> bytes:
        """The member's key; raises KeyDestroyed if it is gone, StorageError for a wrong master."""
        async with self.database.reading() as tx:
            wrapped = await tx.value("data_key", member_id=member_id)
        if wrapped is None:
            raise KeyDestroyed("this member's key is gone")
        return self._masters.unwrap(wrapped, data_context(member_id))

    async def keys(self, members: Collection[int]) -> dict[int, bytes]:
        """The keys of those members who have one; raises StorageError for a wrong master."""
        if not members:
            return {}
        async with self.database.reading() as tx:
            rows = await data_keys(tx, sorted({*members}))
        return {
            row["member_id"]: self._masters.unwrap(row["wrapped"], data_context(row["member_id"]))
            for row in rows
        }

    async def keys_of_all(self, members: Collection[int]) -> dict[int, bytes]:
        """The keys of all these, made for whoever joined before members had keys; raises as keys().

        In the order of the ids: rows keep the order in which they were made.
        """
        found = await self.keys(members)
        missing = sorted({*members} - found.keys())
        if not missing:
            return found

        async def work(tx: Transaction) -> None:
            for member_id in missing:
                key = secrets.token_bytes(KEY_BYTES)
                wrapped = await self._wrapped(tx, key, data_context(member_id))
                await tx.run("add_data_key", member_id=member_id, wrapped=wrapped)

        await pair.change(self.database, work)
        return await self.keys(members)

    async def destroy(self, member_id: int) -> bool:
        """Destroys the member's key and wipes its traces from SQLite's log.

        Nothing happens to a key already gone, so it can be repeated. False: the key is gone, but
        a reader kept the log from being wiped; call again later.
        """
        await pair.change(self.database, lambda tx: tx.run("remove_data_key", member_id=member_id))
        return await self._wiped(self.database.truncate_wal)

    async def create_ballot_key(self, decision_id: int) -> bytes:
        """A new 32-byte key for the ballots of a decision that is being put, before its commit.

        One of the same id is a leftover of an attempt that was rolled back, and is replaced.
        """
        key = secrets.token_bytes(KEY_BYTES)

        async def work(tx: Transaction) -> None:
            wrapped = await self._wrapped(tx, key, ballot_context(decision_id))
            await tx.run("put_ballot_key", decision_id=decision_id, wrapped=wrapped)

        await pair.change(self.database, work)
        # Not remembered: should this attempt be rolled back too, another process may make the next.
        self._ballot_keys.pop(decision_id, None)
        self.just_made.add(decision_id)
        return key

    async def ballot_key(self, decision_id: int) -> bytes:
        """The key of a committed decision's ballots, remembered while it lives.

        Raises KeyDestroyed if it is gone, StorageError for a wrong master key.
        """
        known = self._ballot_keys.get(decision_id)
        if known is not None:
            return known
        async with self.database.reading() as tx:
            wrapped = await tx.value("ballot_key", decision_id=decision_id)
        if wrapped is None:
            raise KeyDestroyed("this decision's key is gone")
        key = self._masters.unwrap(wrapped, ballot_context(decision_id))
        self._ballot_keys[decision_id] = key
        return key

    async def destroy_ballot_key(self, decision_id: int) -> bool:
        """Destroys the key of a decision's ballots and wipes its traces from the database.

        Can be repeated. False, or StorageError: the key is gone, but something kept its traces
        from being wiped; call wipe_ballot_keys() later.
        """
        await self.remove_ballot_key(decision_id)
        return await self.wipe_ballot_keys()

    async def remove_ballot_key(self, decision_id: int) -> None:
        """The first half of destroy_ballot_key(): wipe_ballot_keys() has to follow."""
        self._ballot_keys.pop(decision_id, None)
        self.just_made.discard(decision_id)

        async def work(tx: Transaction) -> None:
            await tx.run("remove_ballot_key", decision_id=decision_id)

        await pair.change(self.database, work)

    async def wipe_ballot_keys(self) -> bool:
        """Wipes what is left of destroyed keys; False where a reader is in the way for now.

        On SQLite copies can be left in the table's pages: see storage/remains.py.
        """
        return await self._wiped(lambda: self.database.wipe("ballot_keys"))

    async def learn_ballot_keys(self, decisions: Collection[int]) -> None:
        """At start: reads those of these decisions at once, so that nobody asks for each.

        Raises StorageError for a wrong master key.
        """
        async with self.database.reading() as tx:
            rows = await tx.rows("ballot_keys")
        self._ballot_keys |= {
            row["decision_id"]: self._masters.unwrap(
                row["wrapped"], ballot_context(row["decision_id"])
            )
            for row in rows
            if row["decision_id"] in decisions
        }

    async def ballot_keys(self) -> set[int]:
        """The decisions that have a key; those that another process destroyed are forgotten."""
        async with self.database.reading() as tx:
            found = {row["decision_id"] for row in await tx.rows("decisions_with_key")}
        for gone in self._ballot_keys.keys() - found:
            del self._ballot_keys[gone]
        return found

    async def highest_ballot_key(self) -> int:
        """The highest id of a decision that has a key; 0 where none has."""
        async with self.database.reading() as tx:
            return int(await tx.value("highest_decision_with_key") or 0)

    async def sum_of_ballot_keys(self) -> tuple[int, int]:
        """How many there are, and the sum of their decisions' ids."""
        async with self.database.reading() as tx:
            row = await tx.row("sum_of_ballot_keys")
        return (row["keys"], row["ids"]) if row else (0, 0)

    async def _wiped(self, wipe: Callable[[], Awaitable[bool]]) -> bool:
        pause = FIRST_PAUSE
        for _ in range(ATTEMPTS):
            if await wipe():
                return True
            await self._sleep(pause)
            pause *= 2
        return False

    async def _wrapped(self, tx: Transaction, key: bytes, context: bytes) -> bytes:
        """By the master key that the key store names at this moment: it may be changing."""
        row = await tx.row("master")
        return seal(self._masters.named(row["fingerprint"] if row else None), key, context)

    async def highest_id(self) -> int | None:
        """The highest id that has a key; None where there is no key at all."""
        async with self.database.reading() as tx:
            highest = await tx.value("highest_id_with_key")
        return None if highest is None else int(highest)

    async def check(self) -> None:
        """Tries the master key on one of the keys; raises StorageError where it doesn't fit.

        And takes up what marks are made with, where the master key was changed once.
        """
        async with self.database.reading() as tx:
            tables = await catalogue.tables(tx, self.database.engine)
            row = await tx.row("master") if "master" in tables else None
            member_id = await tx.value("a_member_with_key")
            decision_id = await tx.value("a_decision_with_key")
        if member_id is not None:
            await self.key(member_id)
        if decision_id is not None:
            await self.ballot_key(decision_id)
        if row is not None:
            self._masters.named(row["fingerprint"])
            self._marks = self._masters.unwrap(row["marks"], MARKS)

    def fingerprint(self, subject: bytes) -> str:
        """Names something without telling it: 64 hexadecimal digits, the same each time.

        HMAC-SHA256 (RFC 2104) under a key of its own made from the first master key, so that nobody
        else can try out which subject it stands for.
        """
        return hmac.digest(self._marks, subject, "sha256").hex()

    def number(self, subject: bytes) -> int:
        """The same as a number, of the 60 bits that fit a database's lock and column."""
        return int(self.fingerprint(subject)[:15], 16)
