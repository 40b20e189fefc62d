"""Time, injected everywhere so that tests and the demo can move it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import time
from collections.abc import Callable
from typing import Protocol

log = logging.getLogger(__name__)

LEAP = 60.0  # seconds between two looks by which the machine's clock goes wrong; less is set right
PACE = 0.5  # of a second that passes in one, while the machine's clock has to catch up


class Clock(Protocol):
    """What the process knows of time."""

    def now(self) -> float:
        """UTC epoch seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed on this clock."""
        ...

    def leap(self) -> float:
        """By how many seconds time went ahead or back (below 0) at a bound since the last call."""
        ...


class SystemClock:
    """The machine's own clock, as long as that goes forward; it never runs backwards itself.

    Where the machine's is put back, time passes at PACE until the other has caught up: what is in
    order stays in order, what waits goes on, and what was announced for an hour is not long before
    it. Where it goes ahead (the machine slept), this one follows at once.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._steady = wall, steady
        self._seen = wall()
        self._steady_seen = steady()
        # From when on time passes at PACE. Added up look by look, the shortest steps would get lost
        # in how coarse a number of seconds since 1970 is.
        self._held, self._steady_held = self._seen, self._steady_seen
        self._leap = 0.0

    def now(self) -> float:
        wall, steady = self._wall(), self._steady()
        passed = steady - self._steady_seen
        leap = wall - self._seen - passed
        if abs(leap) >= LEAP:
            log.warning("the machine's clock leapt by %d s", leap)
            self._leap += leap
        self._seen, self._steady_seen = wall, steady
        slow = self._held + (steady - self._steady_held) * PACE
        if wall < slow:
            return slow
        self._held, self._steady_held = wall, steady
        return wall

    def leap(self) -> float:
        self.now()
        leap, self._leap = self._leap, 0.0
        return leap

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

    def leap(self) -> float:
        return 0.0  # it is moved on purpose

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
