"""The rate limiter that PTB calls before each request: our bucket, and a guard.

It raises when Telegram is called while a transaction is open: a slow network must never hold the
database, and a confirmation must never leave before the commit.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.bucket import Budget, Urgency
from bot.clock import Clock
from bot.spacing import Spacing
from bot.vitals import Vitals
from handlers.core.unit_of_work import CURRENT

log = logging.getLogger(__name__)

LONG = 60.0  # seconds; being told to wait for as long is worth a line
COUNTED = ("send", "edit", "copy", "forward", "delete", "pin", "unpin", "stopPoll")


Leaving = Callable[[], Awaitable[None]]


class CalledInTransaction(RuntimeError):
    """A handler tried to send while its transaction was open."""


@dataclass(slots=True)
class Errand:
    """How urgent a request is, and until when (UTC epoch seconds) it is worth making.

    `leaving` is called when its turn has come, before it leaves; what it raises keeps it here.
    `accepted` once Telegram has said yes: whatever fails afterwards, it must not be made again.
    """

    urgency: Urgency = Urgency.SCREEN
    deadline: float = math.inf
    leaving: Leaving | None = None
    accepted: bool = False


class Limits(BaseRateLimiter[Errand]):
    """Waits for its turn and for the bucket; a 429 halts the one chat it was said about."""

    def __init__(self, bucket: Budget, vitals: Vitals, clock: Clock) -> None:
        self._bucket = bucket
        self._vitals = vitals
        self._spacing = Spacing(clock)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Errand | None,
    ) -> Any:
        """Make the request when it may be made.

        Raises RetryAfter where Telegram says 429, TooLate where the errand's time is over first.
        """
        if CURRENT.get(None) is not None:
            raise CalledInTransaction(endpoint)
        chat_id = data.get("chat_id")
        if not endpoint.startswith(COUNTED) or not isinstance(chat_id, int):
            return await callback(*args, **kwargs)
        errand = rate_limit_args or Errand()
        async with self._spacing.turn(chat_id, errand.deadline):
            await self._bucket.take(chat_id, errand.urgency, errand.deadline)
            if errand.leaving is not None:
                await errand.leaving()
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                self._vitals.too_many += 1
                if seconds(error) >= LONG:
                    log.warning("Telegram lets one chat wait for %.0f s", seconds(error))
                await self._bucket.halt(chat_id, seconds(error))
                raise
            errand.accepted = True
            return result


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
