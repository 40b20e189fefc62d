"""Telegram's limits where several processes write at once: they take their permissions in turn.

The same limits as in bot/bucket.py, kept in the database and by its clock, for every message
whichever process sends it. Nothing of what is sent goes through it, only when, under numbers that
name no chat.
"""

from __future__ import annotations

import asyncio
import logging
import math
from dataclasses import replace

from bot.bucket import (
    CHAT_SPACING,
    GROUP,
    GROUP_WINDOW,
    OVERALL,
    OVERALL_WINDOW,
    TooLate,
    Urgency,
)
from bot.clock import Clock
from storage import paces
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.paces import PACES, Pace
from storage.secrets.keys import KeyStore

log = logging.getLogger(__name__)

# Seconds of slack: the processes are differently busy, and so differently late in sending.
MARGIN = 0.1
EVERYBODY = 0  # the number of all chats together
KEPT = 60.0  # seconds; the longest of the limits
AGAIN = 0.5  # seconds before the database is asked again where it did not answer
ALL_LIMITS = ((OVERALL, OVERALL_WINDOW),)
CHAT_LIMITS = ((1, CHAT_SPACING),)
GROUP_LIMITS = ((1, CHAT_SPACING), (GROUP, GROUP_WINDOW))

Limits = tuple[tuple[int, float], ...]


class SharedBucket:
    """Hands out permissions to send, one after the other among all processes."""

    def __init__(self, database: Database, keys: KeyStore, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._line = asyncio.Lock()  # one of this process asks at a time, in the order they came
        self._queueing_screens = 0
        self._pruned_at = 0.0

    async def wait(self, chat_id: int) -> float:
        """Seconds until this chat may get a message. Raises StorageError."""
        async with self._database.reading() as tx:
            own = free_at(await paces.find(tx, self._number(chat_id)), _limits(chat_id))
            everybody = free_at(await paces.find(tx, EVERYBODY), ALL_LIMITS)
            return max(own, everybody) - await tx.moment()

    async def halt(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429 for this chat: no other chat has to wait."""
        number = self._number(chat_id)
        try:
            async with self._database.alone(PACES) as tx:
                pace = await paces.find(tx, number)
                until = int((await tx.moment() + seconds + MARGIN) * 1000)
                halted = replace(pace, halted_until=max(until, pace.halted_until))
                await paces.note(tx, number, halted)
        except StorageError as error:  # the next one is told again by Telegram
            log.warning("that a chat must wait was not noted: %s", type(error).__name__)

    async def take(self, chat_id: int, urgency: Urgency, deadline: float = math.inf) -> None:
        """Return when a message to this chat may leave now; as Bucket.take.

        Where the database does not answer, screens wait for it until their deadline; the outbox,
        whose rows are in it, gets the StorageError.
        """
        screen = urgency is Urgency.SCREEN
        self._queueing_screens += screen
        try:
            while (wait := await self._try(chat_id, screen, deadline)) > 0:
                await self._clock.sleep(wait)
        finally:
            self._queueing_screens -= screen

    async def _try(self, chat_id: int, screen: bool, deadline: float) -> float:
        """Take the permission, or say after how many seconds to try again. Raises TooLate."""
        if self._queueing_screens and not screen:
            return 1 / OVERALL
        async with self._line:
            while True:
                try:
                    own, everybody = await self._ask(chat_id)
                except StorageError:
                    if not screen:
                        raise
                    own, everybody = 0.0, AGAIN
                wait = max(own, everybody)
                if wait > 0 and self._clock.now() + wait > deadline:
                    raise TooLate
                if wait <= 0 or own >= everybody:
                    return own
                await self._clock.sleep(everybody)  # first in line: nobody here could leave before

    async def _ask(self, chat_id: int) -> tuple[float, float]:
        """Seconds until this chat, and any, may get a message; noted where both may now."""
        number = self._number(chat_id)
        async with self._database.alone(PACES) as tx:
            now = await tx.moment()
            one, all_of_them = await paces.find(tx, number), await paces.find(tx, EVERYBODY)
            own = free_at(one, _limits(chat_id)) - now
            everybody = free_at(all_of_them, ALL_LIMITS) - now
            if own <= 0 and everybody <= 0:
                await paces.note(tx, number, _and_now(one, now, _limits(chat_id)[-1][0]))
                await paces.note(tx, EVERYBODY, _and_now(all_of_them, now, OVERALL))
            if now - self._pruned_at > KEPT:
                await paces.prune(tx, int((now - KEPT - 1) * 1000))
                self._pruned_at = now
        return own, everybody

    def _number(self, chat_id: int) -> int:
        """The same in each process; it tells nobody which chat it is."""
        return self._keys.number(b"pace of %d" % chat_id)


def free_at(pace: Pace, limits: Limits) -> float:
    """The moment from which on one more may leave (seconds); pure."""
    moments = [pace.halted_until / 1000]
    for most, window in limits:
        if len(pace.sent) >= most:
            moments.append(pace.sent[-most] / 1000 + window + MARGIN)
    return max(moments)


def _limits(chat_id: int) -> Limits:
    return CHAT_LIMITS if chat_id > 0 else GROUP_LIMITS


def _and_now(pace: Pace, now: float, most: int) -> Pace:
    return replace(pace, sent=(*pace.sent, int(now * 1000))[-most:])
