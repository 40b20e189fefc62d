"""One database, whichever engine is behind it: transactions and retries."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from typing import Any, Literal, TypeVar

from storage.engine.errors import StorageError, Transient
from storage.engine.transaction import Transaction

Subject = Literal["main", "keys"]
Sleep = Callable[[float], Awaitable[None]]
Begin = Callable[[], AbstractAsyncContextManager[Transaction]]
T = TypeVar("T")

ATTEMPTS = 8
MIGRATION = 7306912  # any number, the same everywhere; see alone()
FIRST_PAUSE = 0.01  # seconds; doubled after each attempt, 1.3 s in all


class Database(ABC):
    """A database of one subject: the main store or the key store."""

    engine: Literal["sqlite", "postgresql"]

    def __init__(self, subject: Subject, sleep: Sleep) -> None:
        self.subject = subject
        self._sleep = sleep
        # Entered around each transaction, from its beginning to its commit, by whoever counts.
        self.watching: Callable[[], AbstractContextManager[object]] = nullcontext
        # Of the key store, as far as this process knows (storage/secrets/pair.py).
        self.changes = self.noted = self.kept = 0
        self.listened = False  # whether this start is through with storage/erasure/hearing.py
        self.several = False  # whether other processes take updates in beside this one
        self._writers: set[asyncio.Task[Any] | None] = set()
        self._readers: set[asyncio.Task[Any] | None] = set()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A read-write transaction, alone on SQLite and SERIALIZABLE on PostgreSQL.

        Commits on normal exit. On any exception, a cancellation included, it is rolled back
        before the exception goes on. A cancellation that arrives while the commit is on its way
        waits for the commit and is raised then: ask the database what was stored.
        Raises StorageError when the task has one open already (it would wait for itself).
        """
        with _once_a_task(self._writers):
            async with self._writing() as tx:
                yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A read-only snapshot of what is committed; never waits for a writer.

        Raises StorageError when the task has one open already.
        """
        with _once_a_task(self._readers):
            async with self._snapshot() as tx:
                yield tx

    @asynccontextmanager
    async def in_turn(self, number: int, rank: int) -> AsyncIterator[Begin]:
        """Waits for whoever asked for this number before, in whatever process, to be done.

        Where `several`, of those that ask at nearly the same moment the lower rank comes first.
        Gives what begins the transactions of this turn, one after the other. Meanwhile the turn is
        nobody else's, also between a transaction that failed and the next. On SQLite, where one
        process works alone, order is kept by bot/ordering.py and nothing has to be waited for.
        """
        yield self.transaction

    @abstractmethod
    def _writing(self) -> AbstractAsyncContextManager[Transaction]: ...

    @abstractmethod
    def _snapshot(self) -> AbstractAsyncContextManager[Transaction]: ...

    async def run(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """Does the work in a transaction, again in a new one after each Transient.

        At most ATTEMPTS times with doubling pauses; the last Transient is raised. The work must
        therefore keep its effects to the transaction, and mark what it has done there: when the
        connection is lost during a commit, nobody knows whether it happened.
        """
        pause = FIRST_PAUSE
        for _ in range(ATTEMPTS - 1):
            try:
                async with self.transaction() as tx:
                    return await work(tx)
            except Transient:
                await self._sleep(pause)
                pause *= 2
        async with self.transaction() as tx:
            return await work(tx)

    def migrating(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction for a migration: no other process migrates beside it."""
        return self.alone(MIGRATION)

    @abstractmethod
    def alone(self, number: int) -> AbstractAsyncContextManager[Transaction]:
        """A transaction beside which no other process has one of this number.

        It sees what was committed before each of its statements, and never has to be repeated
        because of another one of its number.
        """

    @abstractmethod
    async def truncate_wal(self) -> bool:
        """Removes deleted content from SQLite's write-ahead log; False if a reader prevents it.

        False means that nothing was removed: try again later. PostgreSQL recycles its own log,
        there the answer is always True.
        """

    @abstractmethod
    async def wipe(self, table: str) -> bool:
        """Removes what was deleted from a small table: SQLite's log, PostgreSQL's dead rows.

        False if a reader prevents it, as truncate_wal(); StorageError, Transient where something
        else is in the way. On SQLite copies may be left in the pages of a table that has grown:
        see wipe_remains().
        """

    @abstractmethod
    async def wipe_remains(self) -> bool:
        """Removes what deleting leaves in every table, then from the log; False as truncate_wal().

        Deleting is not enough: a page keeps copies of rows from when it was split or balanced.
        And from what PostgreSQL notes of each table to plan with. Takes as long as the database is
        large, and others go on meanwhile. Raises StorageError, Transient where something is in the
        way; it can be repeated, and be cut short at any moment.
        """

    @abstractmethod
    async def refuse_damage(self) -> None:
        """Raises Damaged where what stands in a SQLite file contradicts itself.

        Takes as long as the file is large; others go on meanwhile. A byte of a text or a number
        that was changed for another is not noticed: SQLite has no checksums.
        """

    async def notices_damage(self) -> bool:
        """Whether a page of the database that has changed on the disk is noticed when it is read.

        What SQLite notices is another question: refuse_damage() asks it.
        """
        return True

    @abstractmethod
    async def close(self) -> None:
        """Ends every connection; open transactions are waited for."""


@contextmanager
def _once_a_task(inside: set[asyncio.Task[Any] | None]) -> Iterator[None]:
    """Refuses a second one inside the first: on SQLite the task would wait for itself."""
    task = asyncio.current_task()
    if task in inside:
        raise StorageError("this task has a transaction open already")
    inside.add(task)
    try:
        yield
    finally:
        inside.discard(task)
