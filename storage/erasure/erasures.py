"""Erasures between their commit and their end: the key, the ledger, and what the files still hold.

Order across the two stores (docs/architecture.md, "Two stores"): the deletion is committed with a
row here, then the ledger is told and the key destroyed, then both databases are written anew, then
the row goes. A crash anywhere in between leaves the row, and everything after it is done again: at
the next start and at every tick.
"""

from __future__ import annotations

import logging

from assembly.immutable import immutable
from storage import endings
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.members import Member
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

log = logging.getLogger(__name__)

KIND = "member erased"  # of the ledger's entries; the subject is the mark


@immutable
class Erasure:
    """A member who is gone from the main database; `at` in UTC epoch seconds."""

    member_id: int
    mark: str
    at: int


def mark(keys: KeyStore, member: Member) -> str:
    """Names an erased member in the ledger; without the master key it tells nothing."""
    return keys.fingerprint(f"{member.id}:{member.centre_id}:{member.telegram_id}".encode())


async def begin(tx: Transaction, keys: KeyStore, member: Member, now: int) -> None:
    """Notes, in the transaction of the deletion, that it is to be carried to its end."""
    await tx.run("add_erasure", member_id=member.id, mark=mark(keys, member), at=now)


async def pending(tx: Transaction) -> list[Erasure]:
    """What is not carried to its end yet."""
    rows = await tx.rows("pending_erasures")
    return [Erasure(row["member_id"], row["mark"], row["at"]) for row in rows]


class Eraser:
    """Carries erasures and other endings to their end; all that it does can be done again."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self._database = database
        self._keys = keys

    async def catch_up(self) -> None:
        """Call after the commit of an erasure or another ending, at start, at every tick.

        Raises nothing: what fails stays pending. A reader in the way, for example, keeps the
        files from being written anew for a moment.
        """
        try:
            await endings.carry(self._database, self._keys)
        except StorageError as error:
            log.warning("the ledger does not know of an ending yet: %s", type(error).__name__)
        try:
            async with self._database.reading() as tx:
                left = await pending(tx)
            if left:
                await self._finish(left)
        except StorageError as error:
            log.warning("an erasure is not finished yet: %s", type(error).__name__)

    async def _finish(self, left: list[Erasure]) -> None:
        ledger = Ledger(self._keys.database)
        for each in left:
            # The ledger first: whatever dies in between, a restore knows who must not come back.
            await ledger.append(KIND, each.mark, "", each.at)
            await self._keys.destroy(each.member_id)
        if not await self._keys.database.rewrite() or not await self._database.rewrite():
            return

        async def end(tx: Transaction) -> None:
            for each in left:
                await tx.run("end_erasure", member_id=each.member_id)

        await self._database.run(end)
