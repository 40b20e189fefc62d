"""Telegram's limits, kept before Telegram has to say so.

Sliding windows on the injected clock: 30 messages a second over all chats, 1 a second in one
chat, 20 a minute in a group. (A token bucket would let 59 through in the first second of 30.)
"""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from enum import IntEnum
from typing import Protocol

from bot.clock import Clock

OVERALL, OVERALL_WINDOW = 30, 1.0
CHAT_SPACING = 1.0
GROUP, GROUP_WINDOW = 20, 60.0
MARGIN = 0.01  # a hair of slack: what leaves evenly may arrive a little bunched
REMEMBERED_CHATS = 20_000


class Urgency(IntEnum):
    """Screens go before the outbox. Toasts do not count against any limit."""

    SCREEN = 0
    OUTBOX = 1


class TooLate(Exception):
    """The turn would come after the deadline."""


class Budget(Protocol):
    """What Telegram takes: of one process, or of several together (bot/shared_bucket.py)."""

    async def wait(self, chat_id: int) -> float:
        """Seconds until this chat may get a message; 0 or less: now."""
        ...

    async def halt(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429 for this chat: no other chat has to wait."""
        ...

    async def take(self, chat_id: int, urgency: Urgency, deadline: float = math.inf) -> None:
        """Return when a message to this chat may leave now.

        The outbox gives way to screens that only wait for the limit over all chats; whoever waits
        for a chat of their own holds up nobody else. Raises TooLate as soon as it is certain that
        the turn will not come before `deadline` (UTC epoch seconds).
        """
        ...


class Bucket:
    """Hands out permissions to send, where one process does all of it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: deque[float] = deque(maxlen=OVERALL)
        self._free_at: OrderedDict[int, float] = OrderedDict()
        self._group_sent: dict[int, deque[float]] = {}
        self._queueing_screens = 0

    def ready_at(self, chat_id: int) -> float:
        """The earliest moment at which this chat may get a message."""
        return max(self._overall_at(), self._chat_at(chat_id))

    async def wait(self, chat_id: int) -> float:
        """See Budget."""
        return self.ready_at(chat_id) - self._clock.now()

    async def halt(self, chat_id: int, seconds: float) -> None:
        """See Budget."""
        self._remember(chat_id, self._clock.now() + seconds + MARGIN)

    async def take(self, chat_id: int, urgency: Urgency, deadline: float = math.inf) -> None:
        """See Budget."""
        while True:
            now = self._clock.now()
            own, everybody = self._chat_at(chat_id), self._overall_at()
            if max(own, everybody, now) > deadline:
                raise TooLate
            if own > now:
                await self._clock.sleep(own - now)
            elif everybody <= now and (urgency is Urgency.SCREEN or not self._queueing_screens):
                self._note(chat_id, now)
                return
            else:
                await self._queue(urgency, max(everybody - now, 1 / OVERALL))

    async def _queue(self, urgency: Urgency, seconds: float) -> None:
        screens = int(urgency is Urgency.SCREEN)
        self._queueing_screens += screens
        try:
            await self._clock.sleep(seconds)
        finally:
            self._queueing_screens -= screens

    def _chat_at(self, chat_id: int) -> float:
        ready = self._free_at.get(chat_id, 0.0)
        sent = self._group_sent.get(chat_id)
        if sent is not None and len(sent) == GROUP:
            ready = max(ready, sent[0] + GROUP_WINDOW + MARGIN)
        return ready

    def _overall_at(self) -> float:
        full = len(self._sent) == OVERALL
        return self._sent[0] + OVERALL_WINDOW + MARGIN if full else 0.0

    def _note(self, chat_id: int, now: float) -> None:
        self._sent.append(now)
        self._remember(chat_id, now + CHAT_SPACING + MARGIN)
        if chat_id < 0:
            self._group_sent.setdefault(chat_id, deque(maxlen=GROUP)).append(now)

    def _remember(self, chat_id: int, free_at: float) -> None:
        self._free_at[chat_id] = max(free_at, self._free_at.get(chat_id, 0.0))
        self._free_at.move_to_end(chat_id)
        while len(self._free_at) > REMEMBERED_CHATS:
            self._free_at.popitem(last=False)
