"""What deleting leaves in SQLite's pages: noted in the transaction that deletes, wiped after it.

A row that is deleted is overwritten where it lies (secure_delete). Copies of it can be left in the
pages of its table, from when one was split or balanced. They are wiped by a process beside
(storage/engine/sqlite_remains.py), so that no other centre's rows have to be written anew.

That process reads the whole file. So the key store, which is small and without which no copy of a
ballot can be read, is wiped at once; the main database when nothing more was noted for QUIET, at
the latest LONGEST after the first note: an evening of twenty closings wipes it a few times, not
twenty. An erasure waits for nothing, and takes along what is noted. So does a start: how long it
was noted before, nobody knows. PostgreSQL keeps dead rows whatever is done: see docs/anonymity.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from storage.background import Background
from storage.engine.database import Database
from storage.engine.transaction import Transaction

UNDONE = "what was deleted is not wiped yet"
QUIET = 10 * 60.0  # seconds without another note
LONGEST = 3_600.0  # seconds since the first


async def note(tx: Transaction) -> None:
    """In the transaction that deletes for good; then call Shredder.shred."""
    if tx.engine == "sqlite":
        await tx.run("note_remains")


class Wiper:
    """Wipes the files of both stores, one at a time whoever asks for it.

    `now`: the moment in seconds, of any clock that goes forward.
    """

    def __init__(self, database: Database, keys: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._keys = keys
        self._now = now
        self._noted = Background(UNDONE)
        self._alone = asyncio.Lock()
        self._of_before = True  # what is noted at the first look was so when the process began
        self._first: float | None = None  # when something was noted that is not wiped
        self._last = 0.0  # when the latest was noted,
        self._deleted: int | None = None  # which is this one
        self._keys_wiped: int | None = None  # the latest whose keys are wiped

    async def begin(self) -> None:
        """Call at start, at every tick, and after the commit of what was noted.

        Begins what is due in the background. Raises StorageError.
        """
        if self._noted.goes_on:
            return
        deleted, now = await self._left(), self._now()
        if deleted is None:
            self._first, self._of_before = None, False
            return
        if self._first is None:
            self._first = now
        if deleted != self._deleted:
            self._deleted, self._last = deleted, now
        due = self._of_before or now >= min(self._last + QUIET, self._first + LONGEST)
        if due or deleted != self._keys_wiped:
            self._noted.begin(partial(self._wipe_noted, deleted, whole=due))

    async def wipe(self) -> bool:
        """Both stores at once, of either engine; False where somebody is in the way.

        For whoever has something erased. Raises StorageError.
        """
        async with self._alone:
            return await self._wipe([self._keys, self._database])

    async def done(self) -> None:
        """Waits for what begin() has begun; whether it went well is told by what is noted."""
        await self._noted.done()

    async def stop(self) -> None:
        """Call before the database is closed: what has not ended is begun again at next start."""
        await self._noted.stop()

    async def _left(self) -> int | None:
        async with self._database.reading() as tx:
            found = await tx.value("remains_left")
        return None if found is None else int(found)

    async def _wipe_noted(self, deleted: int, *, whole: bool) -> None:
        stores = [] if deleted == self._keys_wiped else [self._keys]
        stores += [self._database] if whole else []
        async with self._alone:
            if await self._left() is None:
                return  # an erasure has taken it along meanwhile
            if await self._wipe([store for store in stores if store.engine == "sqlite"]):
                self._keys_wiped = deleted

    async def _wipe(self, stores: list[Database]) -> bool:
        """What is deleted meanwhile may lie where it has wiped, and so stays noted."""
        deleted = await self._left()
        for store in stores:
            if not await store.wipe_remains():
                return False
        if deleted is not None and self._database in stores:
            await self._database.run(partial(_wiped, deleted=deleted))
            self._first, self._of_before = None, False
        return True


async def _wiped(tx: Transaction, deleted: int) -> None:
    await tx.run("remains_wiped", deleted=deleted)
