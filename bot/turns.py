"""Turns: one person's updates are dealt with one after the other, whichever process has them.

In this process order is kept by bot/ordering.py; what another process has of the same person at
the same moment waits in the database, in the order in which both came.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import TypeVar

from bot.clock import Clock
from storage.engine.database import Begin, Database
from storage.engine.errors import Transient
from storage.secrets.keys import KeyStore

log = logging.getLogger(__name__)

BACKOFF = (0.05, 0.2, 1.0, 5.0, 15.0)  # seconds between tries while the cause may pass by itself
SHORT = 0.5  # seconds; in a longer pause the turn is given back, and with it a connection

T = TypeVar("T")


class Turns:
    """Tries work in a person's turn until it has worked, or failed for good."""

    def __init__(self, database: Database, keys: KeyStore, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def run(self, key: int, update_id: int, work: Callable[[Begin], Awaitable[T]]) -> T:
        """Do the work, which begins its own transactions; again for as long as it is Transient.

        Raises whatever else the work raises.
        """
        waits = chain(BACKOFF, repeat(BACKOFF[-1]))
        # The same in each process, and in no log of the server the id of a person.
        number = self._keys.number(b"turn of %d" % key)
        while True:
            try:
                async with self._database.in_turn(number, update_id) as begin:
                    while True:
                        try:
                            return await work(begin)
                        except Transient as error:
                            wait = self._waits(update_id, error, next(waits))
                        if wait > SHORT:
                            break
                        await self._clock.sleep(wait)
            except Transient as error:  # the turn itself could not be had
                wait = self._waits(update_id, error, next(waits))
            await self._clock.sleep(wait)

    def _waits(self, update_id: int, error: Transient, wait: float) -> float:
        log.warning("update %d waits: %s", update_id, type(error).__name__)
        return wait
