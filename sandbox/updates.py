"""A bot's inbox: updates wait here until they are acknowledged or too old."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import conflict

PRESS_LIFETIME = 150.0
UPDATE_LIFETIME = 86_400.0
QUIET_WEEK = 7 * 86_400.0
LONGEST_POLL = 50.0
# Telegram sends these only to bots that ask for them by name.
ON_REQUEST = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    expires: float
    body: dict[str, Any]


class UpdateQueue:
    def __init__(self, clock: Clock, noise: random.Random) -> None:
        self._clock = clock
        self._noise = noise
        self._waiting: deque[Update] = deque()
        self._next_id = self._first_id()
        self._last_put = clock.now()
        self._poll: asyncio.Future[None] | None = None
        self._allowed: frozenset[str] | None = None
        self.on_change: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._waiting)

    def _first_id(self) -> int:
        return self._noise.randrange(10_000_000, 900_000_000)

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds arrive from now on: None changes nothing, an empty list is the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits right now."""
        return self._poll is not None

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed or ())

    def put(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue one update. Returns its id, or None when the bot does not want this kind."""
        wanted = kind in self._allowed if self._allowed else kind not in ON_REQUEST
        if not wanted:
            return None
        now = self._clock.now()
        if not self._waiting and now - self._last_put > QUIET_WEEK:
            self._next_id = self._first_id()
        self._last_put = now
        update_id = self._next_id
        self._next_id += 1
        lifetime = PRESS_LIFETIME if kind == "callback_query" else UPDATE_LIFETIME
        body = {"update_id": update_id, kind: content}
        self._waiting.append(Update(update_id, now + lifetime, body))
        self._wake()
        self.on_change()
        return update_id

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def fetch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Acknowledge everything below `offset` and return the oldest updates from there on.

        A negative offset keeps only that many of the newest. An offset above every id there has
        been (after a quiet week the ids start anew) acknowledges nothing.
        """
        if 0 < offset <= self._next_id:
            while self._waiting and self._waiting[0].id < offset:
                self._waiting.popleft()
        elif offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        now = self._clock.now()
        while self._waiting and self._waiting[0].expires <= now:
            self._waiting.popleft()
        batch: list[dict[str, Any]] = []
        for update in self._waiting:
            if update.expires > now:
                batch.append(update.body)
                if len(batch) == limit:
                    break
        return batch

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """`fetch`, waiting up to `seconds` of real time for something to arrive.

        Raises ApiError 409 when another poll comes in while this one waits.
        """
        self.terminate_poll(TERMINATED)
        batch = self.fetch(offset, limit)
        if batch or seconds <= 0:
            return batch
        if not await self._arrival(seconds):
            return []
        return self.fetch(offset, limit)

    async def _arrival(self, seconds: float) -> bool:
        """Wait for something to arrive; False where nothing has in time."""
        waiting = asyncio.get_running_loop().create_future()
        self._poll = waiting
        self.on_change()
        try:
            async with asyncio.timeout(min(seconds, LONGEST_POLL)):
                await waiting
        except TimeoutError:
            return False
        finally:
            if self._poll is waiting:
                self._poll = None
        return True

    async def besides(self, taken: Container[int], seconds: float) -> list[Update]:
        """What waits besides the ids that a webhook has taken; waits as `poll` does."""
        found = [update for update in self._waiting if update.id not in taken]
        if not found:
            await self._arrival(seconds)
            found = [update for update in self._waiting if update.id not in taken]
        return found

    def settle(self, update: Update) -> None:
        """Take out one that a webhook has accepted, or that is too old."""
        with suppress(ValueError):  # dropped meanwhile
            self._waiting.remove(update)
        self.on_change()

    def terminate_poll(self, reason: str) -> None:
        """Answer the poll that waits, if any, with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(reason))

    def release_poll(self) -> None:
        """Let the poll that waits, if any, end with what there is (the server shuts down)."""
        self._wake()

    def drop_all(self) -> None:
        self._waiting.clear()
