"""What the running process counts of itself: how often and how long, never who, where or what.

Plain numbers, so that counting costs nothing and the start loads no library for it; they become
metrics in bot/metrics.py when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from bot.clock import Clock

Outcome = Literal["done", "again", "failed", "left out", "unreadable"]
SPANS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # upper bounds, seconds


@dataclass(slots=True)
class Spans:
    """How many things took how long: a number for each of SPANS, and one for what took longer."""

    numbers: list[int] = field(default_factory=lambda: [0] * (len(SPANS) + 1))
    seconds: float = 0.0

    def note(self, seconds: float) -> None:
        """One more."""
        self.numbers[bisect_left(SPANS, seconds)] += 1
        self.seconds += seconds


class Vitals:
    """Counts since the process started, and when it was last seen at work (UTC epoch seconds)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.started_at = clock.now()
        self.heard_at = self.started_at  # Telegram has answered a request for updates, or called
        self.uncalled = ""  # why Telegram can't call, in webhook mode
        self.ticked_at = self.started_at
        self.updates: Counter[Outcome] = Counter()
        self.handling = Spans()  # from an update's turn to its commit
        self.transactions = Spans()  # of the main database, reading ones included
        self.fates: Counter[str] = Counter()  # what became of messages, by the name of their fate
        self.too_many = 0  # how often Telegram said 429

    def heard(self) -> None:
        """Telegram has just been heard of."""
        self.heard_at = self._clock.now()

    def ticked(self) -> None:
        """A tick has just gone through to its end."""
        self.ticked_at = self._clock.now()

    @contextmanager
    def timing(self, spans: Spans) -> Iterator[None]:
        """Note how long this takes, however it ends."""
        begun = self._clock.now()
        try:
            yield
        finally:
            spans.note(self._clock.now() - begun)
