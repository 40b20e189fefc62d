"""SQLite's write-ahead logs are emptied at every tick, remains wiped, and ballot keys destroyed.

A log is history: replayed commit by commit it tells in which order people cast, when somebody said
that they are here, which voice was taken back. So it holds what was written since the last tick,
and nothing once something was done that is promised to leave no trace.

Order across the two stores: the closing is committed, the log truncated, then the key destroyed
and the key store's log truncated. Whatever a crash or a reader leaves undone is found again at
start and at every tick: a key whose decision is committed as not open has nothing left to read.
A key whose decision was rolled back never sealed a ballot, and goes at the next tick.
"""

from __future__ import annotations

import logging
from collections import Counter

from storage import decisions
from storage.engine import catalogue
from storage.engine.database import Database, Subject
from storage.engine.errors import StorageError
from storage.remains import UNDONE, Wiper
from storage.secrets.keys import KeyStore

log = logging.getLogger(__name__)

_NOT_OVER = (None, "open")
IN_THE_WAY = 3
"""So often in a row a log could not be emptied before that is said: a press that reads is over in
a moment, a backup or a program that looks into the file is not."""


class Shredder:
    """Leaves no history behind; what is in the way now is tried again at each next occasion."""

    def __init__(self, database: Database, keys: KeyStore, wiper: Wiper) -> None:
        self._database = database
        self._keys = keys
        self._wiper = wiper
        self._in_the_way: Counter[Subject] = Counter()  # how often in a row a reader held a log
        # The process before may have died between a deletion and this.
        self._keys_owed = True
        self._seen: tuple[int, int] | None = None  # the sum of the keys

    async def shred(self) -> None:
        """Call at start, at every tick, and after the commit of what is to leave no trace.

        Raises nothing: what fails is tried again at the next tick.
        """
        await self._truncate(self._database)
        try:
            await self._destroy_keys()
        except StorageError as error:
            log.warning("a ballot key was not destroyed: %s", type(error).__name__)
        await self._truncate(self._keys.database)
        if self._keys_owed:
            return
        try:
            await self._wiper.begin()
        except StorageError as error:
            log.warning("%s: %s", UNDONE, error)

    async def wiped(self) -> None:
        """Waits for the wiping that shred() has begun; not for one that is to come."""
        await self._wiper.done()

    async def stop(self) -> None:
        """Call before the databases are closed."""
        await self._wiper.stop()

    async def _truncate(self, database: Database) -> None:
        subject = database.subject
        try:
            emptied = await database.truncate_wal()
        except StorageError as error:
            log.warning("the log of the %s database: %s", subject, type(error).__name__)
            return
        self._in_the_way[subject] = 0 if emptied else self._in_the_way[subject] + 1
        if self._in_the_way[subject] == IN_THE_WAY:
            log.warning("the log of the %s database can't be emptied: it is being read", subject)

    async def _destroy_keys(self) -> None:
        if await self._nothing_to_destroy():
            return
        statuses = await self._statuses(await self._keys.ballot_keys())
        self._keys.just_made -= {each for each, status in statuses.items() if status is not None}
        for decision_id in [each for each, status in statuses.items() if status not in _NOT_OVER]:
            self._keys_owed = True
            self._keys_owed = not await self._keys.destroy_ballot_key(decision_id)
        if any(each in self._keys.just_made for each, status in statuses.items() if not status):
            self._keys_owed = True
            await self._remove_leftovers()
        if self._keys_owed:
            self._keys_owed = not await self._keys.wipe_ballot_keys()

    async def _nothing_to_destroy(self) -> bool:
        """Whether each open decision has its key and nothing else has one, as at the last look.

        Told by two sums, so that a tick doesn't look at every open decision of every centre.
        """
        keys = await self._keys.sum_of_ballot_keys()
        known, self._seen = keys == self._seen, keys
        if keys == (0, 0) or not known or self._keys_owed or self._keys.just_made:
            return False
        async with self._database.reading() as tx:
            row = await tx.row("sum_of_open_decisions")
        return row is not None and keys == (row["keys"], row["ids"])

    async def _statuses(self, with_key: set[int]) -> dict[int, str | None]:
        """How the decisions with a key are committed; None for one that is not there."""
        if not with_key:
            return {}
        async with self._database.reading() as tx:
            still_open = await decisions.ids_left_open(tx)
            others = {
                decision_id: await tx.value("decision_status", decision_id=decision_id)
                for decision_id in sorted(with_key - still_open)
            }
        return {**dict.fromkeys(with_key & still_open, "open"), **others}

    async def _remove_leftovers(self) -> None:
        """Removes keys that this process made for decisions that were rolled back.

        Only those: a key that somebody else made belongs to a decision that is on its way, or that
        this database, an old copy perhaps, does not know. Nobody puts one while it is looked up.
        """
        async with self._database.transaction() as tx:
            await catalogue.keep_still(tx, self._database.engine, "decisions")
            for decision_id in sorted(self._keys.just_made):
                if await tx.value("decision_status", decision_id=decision_id) is None:
                    await self._keys.remove_ballot_key(decision_id)
