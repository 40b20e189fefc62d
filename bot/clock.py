"""Time, injected everywhere so that tests and the demo can move it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from typing import Protocol


class Clock(Protocol):
    """What the process knows of time."""

    def now(self) -> float:
        """UTC epoch seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed on this clock."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class MovableClock:
    """A clock that is moved by hand; it also flows by itself when `flowing`."""

    def __init__(self, start: float, *, flowing: bool = False) -> None:
        self._base = start
        self._flowing = flowing
        self._anchor = time.monotonic()
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        passed = time.monotonic() - self._anchor if self._flowing else 0.0
        return self._base + passed

    def move(self, seconds: float) -> None:
        """Move forward and wake everybody whose time has come; never backwards."""
        if seconds < 0:
            raise ValueError("time moves forward only")
        self._base += seconds
        self._wake()

    def next_wake(self) -> float | None:
        """The earliest moment somebody sleeps until, or None."""
        return self._sleepers[0][0] if self._sleepers else None

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (self.now() + seconds, next(self._order), future)
        heapq.heappush(self._sleepers, entry)
        timer = None
        if self._flowing:
            timer = asyncio.get_running_loop().call_later(seconds, self._wake)
        try:
            await future
        finally:
            if timer is not None:
                timer.cancel()
            if entry in self._sleepers:
                self._sleepers.remove(entry)
                heapq.heapify(self._sleepers)

    def _wake(self) -> None:
        # A loop timer may fire a hair early; the tolerance keeps the sleeper from waiting for ever.
        now = self.now() + 0.001
        while self._sleepers and self._sleepers[0][0] <= now:
            _, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)
