"""SQLite without a thread for each connection: the loop itself does what a connection is asked.

Handing a query to a thread and its answer back takes three times as long as the query. Whoever
patches so has connections that begin and end meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

import aiosqlite

Hop = Callable[[Callable[[], Any]], Awaitable[Any]]


async def at_once(work: Callable[[], Any]) -> Any:
    """Others have had their turn before, as they have while a thread works."""
    await asyncio.sleep(0)
    return work()


@contextmanager
def no_threads(hop: Hop = at_once, opening: Callable[[], None] = lambda: None) -> Iterator[None]:
    """`hop`: does what a connection is asked; `opening`: called ahead of each new one."""

    async def execute(
        connection: aiosqlite.Connection, work: Any, *given: Any, **named: Any
    ) -> Any:
        if connection._connection is None:
            raise ValueError("Connection closed")
        return await hop(partial(work, *given, **named))

    async def connect(connection: aiosqlite.Connection) -> aiosqlite.Connection:
        opening()
        connection._connection = connection._connector()
        return connection

    def stop(connection: aiosqlite.Connection) -> None:
        connection._running = False
        if connection._connection is not None:
            connection._connection.close()
            connection._connection = None

    with ExitStack() as stack:
        for name, instead in (("_execute", execute), ("_connect", connect), ("stop", stop)):
            stack.enter_context(patch.object(aiosqlite.Connection, name, instead))
        stack.enter_context(
            patch.object(aiosqlite.Connection, "__await__", lambda self: connect(self).__await__())
        )
        yield
