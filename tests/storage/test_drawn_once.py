from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from assembly.disclosure import Figures, Release
from assembly.roles import Role
from storage import drawn_once
from storage.drawn_once import Drawn
from storage.engine.database import Database
from storage.secrets.ledger import Ledger

NAME = drawn_once.subject(7, date(2026, 11, 9), 4)
RELEASES = {
    "week": Release(-3, None),
    "say": Release(23, Figures("20-49", 2.5)),
    "connection": Release(
        70,
        Figures("50+", 0.5),
        tuple((role, Figures("20-49", 3.5)) for role in Role),
    ),
}


class Draws:
    """Counts how often something is drawn, each time another number."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> Mapping[str, Release]:
        self.times += 1
        return {"week": Release(self.times, None)}


def test_a_name_says_which_centre_calendar_and_week() -> None:
    assert NAME == "centre:7:weekly:2026-11-09:4"


async def test_what_was_drawn_comes_back_as_it_was(keys_database: Database) -> None:
    ledger = Ledger(keys_database)

    async def draw() -> Mapping[str, Release]:
        return RELEASES

    assert await drawn_once.find(ledger, NAME) is None
    found = await drawn_once.once(ledger, NAME, 500, draw)
    assert found == Drawn(RELEASES, 500)
    assert await drawn_once.find(ledger, NAME) == found


async def test_a_window_is_drawn_once(keys_database: Database) -> None:
    ledger, draws = Ledger(keys_database), Draws()
    first = await drawn_once.once(ledger, NAME, 500, draws)
    assert await drawn_once.once(ledger, NAME, 900, draws) == first
    assert draws.times == 1
    other = await drawn_once.once(ledger, drawn_once.subject(7, date(2026, 11, 9), 8), 900, draws)
    assert other == Drawn({"week": Release(2, None)}, 900)


async def test_of_two_processes_the_faster_ones_numbers_stand(keys_database: Database) -> None:
    ledger, draws = Ledger(keys_database), Draws()

    async def slower() -> Mapping[str, Release]:
        await drawn_once.once(ledger, NAME, 500, draws)
        return {"week": Release(99, None)}

    found = await drawn_once.once(ledger, NAME, 501, slower)
    assert found == Drawn({"week": Release(1, None)}, 500)
    assert len(await ledger.entries(drawn_once.KIND)) == 1


async def test_what_fails_leaves_nothing(keys_database: Database) -> None:
    ledger = Ledger(keys_database)

    async def broken() -> Mapping[str, Release]:
        raise RuntimeError("no noise")

    with pytest.raises(RuntimeError, match="no noise"):
        await drawn_once.once(ledger, NAME, 500, broken)
    assert await drawn_once.find(ledger, NAME) is None
