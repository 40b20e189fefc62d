"""One chat, one call at a time: the next leaves a second after the one before was answered.

The bucket counts from when a call leaves. But Telegram counts from when it arrives, and one that
was long on its way arrives together with the next: then the next is refused (429).
"""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.bucket import CHAT_SPACING, MARGIN, REMEMBERED_CHATS, TooLate
from bot.clock import Clock


class Spacing:
    """One after the other in each chat, in the order in which they came."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._free_at: OrderedDict[int, float] = OrderedDict()

    @asynccontextmanager
    async def turn(self, chat_id: int, deadline: float = math.inf) -> AsyncIterator[None]:
        """Its turn lasts until the call is answered.

        Raises TooLate where it would come after `deadline` (UTC epoch seconds).
        """
        line = self._lines.setdefault(chat_id, asyncio.Lock())
        async with line:
            now = self._clock.now()
            free_at = self._free_at.get(chat_id, now)
            if max(free_at, now) > deadline:
                raise TooLate
            if free_at > now:
                await self._clock.sleep(free_at - now)
            try:
                yield
            finally:
                self._note(chat_id)

    def _note(self, chat_id: int) -> None:
        self._free_at[chat_id] = self._clock.now() + CHAT_SPACING + MARGIN
        self._free_at.move_to_end(chat_id)
        while len(self._free_at) > REMEMBERED_CHATS:
            self._free_at.popitem(last=False)
