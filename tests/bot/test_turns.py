"""A person's turn: kept through short troubles, given back in long ones."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from kit.running_bot import LeapingClock

from bot.turns import BACKOFF, Turns
from storage.engine.database import Begin
from storage.engine.errors import Transient
from storage.secrets.keys import KeyStore

ANNA = 5_000_000_001


class Turning:
    """Stands in for a database: notes which turns are taken, and fails as often as it is told."""

    def __init__(self, away: int = 0) -> None:
        self.away = away
        self.taken: list[int] = []

    @asynccontextmanager
    async def in_turn(self, number: int, rank: int) -> AsyncIterator[Begin]:
        self.taken.append(number)
        if self.away:
            self.away -= 1
            raise Transient("no connection")
        yield cast(Any, "begin")


class Work:
    """Works after so many errors that pass by themselves."""

    def __init__(self, failing: int) -> None:
        self.failing = failing

    async def __call__(self, begin: Begin) -> str:
        assert str(begin) == "begin"
        if self.failing:
            self.failing -= 1
            raise Transient("serialization failure")
        return "done"


def turns(database: Turning, clock: LeapingClock) -> Turns:
    return Turns(cast(Any, database), KeyStore(cast(Any, None), bytes(32)), clock)


@pytest.mark.parametrize(
    ("failing", "taken"),
    [(0, 1), (1, 1), (2, 1), (3, 2), (4, 3)],
)
async def test_a_turn_is_kept_in_short_troubles_only(failing: int, taken: int) -> None:
    database, clock = Turning(), LeapingClock(0)
    assert await turns(database, clock).run(ANNA, 1, Work(failing)) == "done"
    assert len(database.taken) == taken
    assert clock.now() == sum(BACKOFF[:failing])


async def test_a_turn_that_can_not_be_had_is_waited_for() -> None:
    database, clock = Turning(away=3), LeapingClock(0)
    assert await turns(database, clock).run(ANNA, 1, Work(0)) == "done"
    assert clock.now() == sum(BACKOFF[:3])


async def test_what_does_not_pass_is_raised_at_once() -> None:
    database, clock = Turning(), LeapingClock(0)

    async def broken(_: Begin) -> None:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        await turns(database, clock).run(ANNA, 1, broken)
    assert clock.now() == 0


async def test_each_person_has_one_number_which_does_not_name_them() -> None:
    database, clock = Turning(), LeapingClock(0)
    for key in (ANNA, ANNA + 1, ANNA):
        await turns(database, clock).run(key, 1, Work(0))
    anna, other, again = database.taken
    assert anna == again != other
    assert ANNA not in (anna, other)
    assert all(0 < number < 1 << 63 for number in database.taken)
