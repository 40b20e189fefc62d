"""Erasures between their commit and their end: the key, the ledger, and what the files still hold.

Order across the two stores (docs/architecture.md, "Two stores"): the deletion is committed with a
row here, then the ledger is told and the key destroyed, then what both files still hold is wiped,
then the row goes. A crash anywhere in between leaves the row, and everything after it is done
again: at the next start and at every tick.
"""

from __future__ import annotations

import logging
from functools import partial

from assembly.immutable import immutable
from storage import endings
from storage.background import Background
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.members import Member
from storage.remains import Wiper
from storage.secrets import pair
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

log = logging.getLogger(__name__)

KIND = "member erased"  # of the ledger's entries; the subject is the mark
UNDONE = "an erasure is not finished yet"


@immutable
class Erasure:
    """A member who is gone from the main database; `at` in UTC epoch seconds."""

    member_id: int
    mark: str
    at: int


def mark(keys: KeyStore, member: Member) -> str:
    """Names an erased member in the ledger; without the master key it tells nothing."""
    return mark_of(keys, member.id, member.centre_id, member.telegram_id)


def mark_of(keys: KeyStore, member_id: int, centre_id: int, telegram_id: int) -> str:
    """The same, of what a member is named by."""
    return keys.fingerprint(f"{member_id}:{centre_id}:{telegram_id}".encode())


async def begin(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Notes, in the transaction of the deletion, that it is to be carried to its end."""
    await tx.run("add_erasure", member_id=member.id, mark=mark(keys, member), at=now)


async def pending(tx: Transaction) -> list[Erasure]:
    """What is not carried to its end yet."""
    rows = await tx.rows("pending_erasures")
    return [Erasure(row["member_id"], row["mark"], row["at"]) for row in rows]


class Eraser:
    """Carries erasures and other endings to their end; all that it does can be done again."""

    def __init__(self, database: Database, keys: KeyStore, wiper: Wiper) -> None:
        self._database = database
        self._keys = keys
        self._wiper = wiper
        self._wiping = Background(UNDONE)

    async def catch_up(self) -> None:
        """Call after the commit of an erasure or another ending, at start, at every tick.

        Ledger and key at once; what the files still hold takes longer, and goes on by itself.
        Raises nothing: what fails stays pending. A reader in the way, for example, keeps the
        files from being wiped for a moment.
        """
        try:
            await endings.carry(self._database, self._keys)
        except StorageError as error:
            log.warning("the ledger does not know of an ending yet: %s", type(error).__name__)
        try:
            left = await self._unreadable()
        except StorageError as error:
            log.warning("%s: %s", UNDONE, error)
            return
        if left:
            self._wiping.begin(self._wipe)

    async def wiped(self) -> None:
        """Waits for what catch_up() has begun; whether it ended well is told by pending()."""
        await self._wiping.done()

    async def stop(self) -> None:
        """Call before the databases are closed: what has not ended is begun again at next start."""
        await self._wiping.stop()

    async def _unreadable(self) -> list[Erasure]:
        """What is pending, once the ledger knows of it and the keys are gone."""
        async with self._database.reading() as tx:
            left = await pending(tx)
        ledger = Ledger(self._keys.database)
        for each in left:
            # The ledger first: whatever dies in between, a restore knows who must not come back.
            await ledger.append(KIND, each.mark, "", each.at)
            await self._keys.destroy(each.member_id)
        return left

    async def _wipe(self) -> None:
        """Until nothing is pending: whoever is erased meanwhile may lie where it has wiped."""
        while left := await self._unreadable():
            if not await self._wiper.wipe():
                return
            heard = await pair.highest_heard(self._keys.database)
            await self._database.run(partial(_end, over=left, heard=heard))
            await self._database.truncate_wal()


async def _end(tx: Transaction, over: list[Erasure], heard: int) -> None:
    await pair.hear(tx, heard)
    for each in over:
        await tx.run("end_erasure", member_id=each.member_id)
