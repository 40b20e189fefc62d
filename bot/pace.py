"""The demo's time: a clock that leaps while its people live their first weeks, and then flows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from bot.app import Voci
from bot.clock import MovableClock
from storage import outbox, schedules

MOMENTS = 2_000  # due moments in one leap, at most: a rule gone wrong must not hang the page
SENDING = 0.01  # seconds of real time between two looks at what is under way


class DemoClock(MovableClock):
    """At first whoever sleeps wakes at once, that much later; from `flow()` on it is a clock."""

    def __init__(self, start: float) -> None:
        super().__init__(start)
        self._leaping = True

    def flow(self) -> None:
        """From now on a second takes a second."""
        self._leaping = False
        self._anchor = time.monotonic()
        self._flowing = True

    async def sleep(self, seconds: float) -> None:
        if self._leaping:
            self.move(max(seconds, 0.0))
            await asyncio.sleep(0)
        else:
            await super().sleep(seconds)


class Pace:
    """Moves the clock, and does what falls due on the way: first the schedule, then the outbox.

    `said` counts what the bot has sent so far.
    """

    def __init__(self, voci: Voci, clock: DemoClock, said: Callable[[], int]) -> None:
        self._voci = voci
        self._clock = clock
        self._said = said
        self._hand = asyncio.Lock()
        self._stopped = False

    def now(self) -> int:
        """UTC epoch seconds."""
        return int(self._clock.now())

    async def next_due(self) -> int | None:
        """The moment at which something falls due next, or None."""
        async with self._voci.database.reading() as tx:
            found = [await schedules.next_at(tx), await outbox.next_at(tx)]
        return min((at for at in found if at is not None), default=None)

    async def go_to_next(self) -> None:
        """Move to the next moment at which the bot says something."""
        async with self._hand:
            before = self._said()
            for _ in range(MOMENTS):
                due = await self.next_due()
                if due is None or self._stopped:
                    return
                await self._go(due)
                if self._said() > before:
                    return

    async def move(self, seconds: float) -> None:
        """Let so much time pass, stopping at each moment at which something is due."""
        async with self._hand:
            target = self._clock.now() + seconds
            for _ in range(MOMENTS):
                due = await self.next_due()
                if self._stopped:
                    return
                if due is None or due > target:
                    break
                await self._go(due)
            await self._go(target)

    async def send_all(self) -> None:
        """Return when everything that is due by now has been sent."""
        # The sender's own task may have claimed something first, and tells nobody when it is done.
        while not self._stopped and (  # noqa: ASYNC110
            await self._voci.sender.send_due() or await self._under_way()
        ):
            await asyncio.sleep(SENDING)

    async def stop(self) -> None:
        """Finish the step under way and take no other: the bot is about to be closed."""
        self._stopped = True
        await self._hand.acquire()

    async def _go(self, moment: float) -> None:
        self._clock.move(max(0.0, moment - self._clock.now()))
        await self._voci.ticker.tick()
        await self.send_all()

    async def _under_way(self) -> int:
        async with self._voci.database.reading() as tx:
            return await outbox.under_way(tx)
