"""What deleting leaves in SQLite's pages: noted in the transaction that deletes, wiped after it.

A row that is deleted is overwritten where it lies (secure_delete). Copies of it can be left in the
pages of its table, from when one was split or balanced. They are wiped by a process beside
(storage/engine/sqlite_remains.py), so that no other centre's rows have to be written anew. What is
noted and not wiped is wiped after the next start, or at the next tick. PostgreSQL keeps dead rows
whatever is done: see docs/anonymity.md.
"""

from __future__ import annotations

from functools import partial

from storage.background import Background
from storage.engine.database import Database
from storage.engine.transaction import Transaction

UNDONE = "what was deleted is not wiped yet"


async def note(tx: Transaction) -> None:
    """In the transaction that deletes for good; then call Shredder.shred."""
    if tx.engine == "sqlite":
        await tx.run("note_remains")


class Wiper:
    """Wipes the files of both stores in the background, as often as something is noted.

    Of what is noted in the main database the key store may hold a key that is destroyed by now.
    """

    def __init__(self, database: Database, keys: Database) -> None:
        self._database = database
        self._keys = keys
        self._wiping = Background(UNDONE)

    async def begin(self) -> None:
        """Begins to wipe where something is noted and nothing wipes. Raises StorageError."""
        if not self._wiping.goes_on and await self._left() is not None:
            self._wiping.begin(self._wipe)

    async def done(self) -> None:
        """Waits for what begin() has begun; whether it went well is told by what is noted."""
        await self._wiping.done()

    async def stop(self) -> None:
        """Call before the database is closed: what has not ended is begun again at next start."""
        await self._wiping.stop()

    async def _left(self) -> int | None:
        async with self._database.reading() as tx:
            found = await tx.value("remains_left")
        return None if found is None else int(found)

    async def _wipe(self) -> None:
        """Until nothing is noted: what is deleted meanwhile may lie where it has wiped."""
        while (deleted := await self._left()) is not None:
            for store in (self._keys, self._database):
                if store.engine == "sqlite" and not await store.wipe_remains():
                    return
            await self._database.run(partial(_wiped, deleted=deleted))


async def _wiped(tx: Transaction, deleted: int) -> None:
    await tx.run("remains_wiped", deleted=deleted)
