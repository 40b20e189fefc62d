"""How much one person may send: counted over time, answered once when it is too much."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

from bot.clock import Clock

AT_ONCE = 120  # updates of one person that are dealt with without a pause; no thumb gets there
A_SECOND = 2.0  # as many more are dealt with while it goes on
QUIET = 30.0  # seconds without too much, after which whoever begins again is told again
KEPT = 10_000  # people of whom it is remembered; whoever has paused is forgotten then


class Verdict(Enum):
    """What becomes of an update."""

    DEAL = auto()
    TELL = auto()  # too much, and this is the first that is: say so
    DROP = auto()  # too much, and it has been said


@dataclass(slots=True)
class _Person:
    free: float
    at: float  # seconds of the clock, when it was counted last
    too_much_at: float = -math.inf


class Flood:
    """Counts updates by person. What is dropped costs nothing: no row, no answer, no log line."""

    def __init__(self, clock: Clock, at_once: float = AT_ONCE, a_second: float = A_SECOND) -> None:
        self._clock = clock
        self._a_second = a_second
        self._people: dict[int, _Person] = {}
        self.at_once = at_once

    def verdict(self, key: int) -> Verdict:
        """Count one more update of this person."""
        person = self._counted(key)
        if person.free >= 1:
            person.free -= 1
            return Verdict.DEAL
        return self.too_much(key)

    def too_much(self, key: int) -> Verdict:
        """One that is not dealt with, for this reason or another: told once, then dropped."""
        person = self._counted(key)
        going_on = person.at - person.too_much_at < QUIET
        person.too_much_at = person.at
        return Verdict.DROP if going_on else Verdict.TELL

    def _counted(self, key: int) -> _Person:
        now = self._clock.now()
        person = self._people.get(key)
        if person is None:
            self._forget(now)
            person = self._people[key] = _Person(self.at_once, now)
        person.free = self._free(person, now)
        person.at = now
        return person

    def _free(self, person: _Person, now: float) -> float:
        return min(self.at_once, person.free + max(now - person.at, 0) * self._a_second)

    def _forget(self, now: float) -> None:
        """Whoever could send everything again need not be remembered."""
        if len(self._people) >= KEPT:
            self._people = {
                key: each
                for key, each in self._people.items()
                if self._free(each, now) < self.at_once
            }
