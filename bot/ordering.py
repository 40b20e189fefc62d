"""Order: different people side by side, one person's updates one after the other.

The order is settled before a slot is taken, so one slow or busy person holds one slot at most,
and a cap per person keeps a flood from filling the memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

SLOTS = 32
CAP = 40  # updates of one person that may wait; a thumb does not get there


class Full(Exception):
    """One person has more updates waiting than anybody presses by hand."""


@dataclass(slots=True)
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class Ordering:
    """Runs work by key: in order within a key, side by side across keys."""

    def __init__(self, slots: int = SLOTS, cap: int = CAP) -> None:
        self._slots = asyncio.Semaphore(slots)
        self._cap = cap
        self._lines: dict[int, _Line] = {}

    async def run(self, key: int, work: Callable[[], Awaitable[object]]) -> None:
        """Run `work` when it is this key's turn. Raises Full where too many wait already."""
        line = self._lines.setdefault(key, _Line())
        if line.length >= self._cap:
            raise Full
        line.length += 1
        try:
            async with line.lock, self._slots:  # asyncio.Lock is fair: first come, first served
                await work()
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[key]
