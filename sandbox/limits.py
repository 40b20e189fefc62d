"""Telegram's sending limits, as sliding windows on the world's clock.

Telegram documents 30 messages a second overall, one a second to one person and 20 a minute to one
group, and tolerates some more in bursts. The sandbox tolerates only what the network can add:
calls that left evenly spaced may arrive `TOLERANCE` seconds closer together. After a refusal the
chat stays closed until `retry_after` has passed, whoever asks again in between.
"""

from __future__ import annotations

import math
from collections import deque

from sandbox.clock import Clock
from sandbox.errors import too_many_requests

TOLERANCE = 0.1
UNCOUNTED_SENDS = frozenset(("sendChatAction",))


def is_limited(method: str) -> bool:
    """Whether a call makes or changes a message, and so counts."""
    changes = method.startswith(("send", "edit", "forward", "copy")) or method == "stopPoll"
    return changes and method not in UNCOUNTED_SENDS


class Window:
    """At most `calls` in any `seconds`."""

    __slots__ = ("_accepted", "_closed_until", "calls", "seconds")

    def __init__(self, calls: int, seconds: float) -> None:
        self.calls = calls
        self.seconds = seconds
        self._accepted: deque[float] = deque(maxlen=calls)
        self._closed_until = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until a call would be accepted; 0 when it would be now."""
        waits = [self._closed_until - now]
        if len(self._accepted) == self.calls:
            waits.append(self._accepted[0] + self.seconds - TOLERANCE - now)
        return max(0.0, *waits)

    def accept(self, now: float) -> None:
        self._accepted.append(now)

    def close(self, until: float) -> None:
        self._closed_until = max(self._closed_until, until)


class Limits:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._overall: dict[int, Window] = {}
        self._chats: dict[tuple[int, int], Window] = {}
        self.enforced = True
        self.refused = 0

    def take(self, bot_id: int, chat_id: int) -> None:
        """Count one call to a chat; raises ApiError 429 when it is one too many."""
        if not self.enforced:
            return
        now = self._clock.now()
        overall = self._overall.setdefault(bot_id, Window(30, 1.0))
        key = (bot_id, chat_id)
        if key not in self._chats:
            self._chats[key] = Window(1, 1.0) if chat_id > 0 else Window(20, 60.0)
        for window in (self._chats[key], overall):
            wait = window.wait(now)
            if wait > 0:
                retry_after = math.ceil(wait)
                window.close(now + retry_after)
                self.refused += 1
                raise too_many_requests(retry_after)
        for window in (self._chats[key], overall):
            window.accept(now)

    def close_chat(self, bot_id: int, chat_id: int, seconds: int) -> None:
        """Refuse a chat for some seconds, as Telegram does after a flood."""
        key = (bot_id, chat_id)
        window = self._chats.setdefault(key, Window(1, 1.0) if chat_id > 0 else Window(20, 60.0))
        window.close(self._clock.now() + seconds)
