"""Some short lives; `make faults` lives many. What the promises would overlook is shown, too."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from bot import fate, outbox
from storage import ballots
from tests.faults import place
from tests.faults.life import WEATHERS, live

SEEDS = range(len(WEATHERS))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre")
    place.build(folder)
    return folder


@pytest.mark.parametrize("seed", SEEDS, ids=WEATHERS)
def test_what_must_never_break_does_not(seed: int, made: Path) -> None:
    life = live(seed, made)
    assert life.broken == [], f"seed {seed}: see docs/faults.md"
    assert life.deaths > 0 or life.weather not in ("kills", "all")


def test_a_seed_tells_the_whole_life(made: Path) -> None:
    first, second = live(SEEDS[-1], made), live(SEEDS[-1], made)
    assert first.trace == second.trace


def test_a_ballot_that_is_confirmed_and_not_kept_is_noticed(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, count = ballots._record, itertools.count()

    async def forgetful(*given: Any) -> None:
        if next(count) % 3:
            await record(*given)

    monkeypatch.setattr(ballots, "_record", forgetful)
    wrong = live(WEATHERS.index("again"), made).broken
    assert any("has" in each or "counted" in each for each in wrong), wrong


def test_a_post_that_is_sent_on_suspicion_is_noticed(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hopeful(error: Exception, **_: Any) -> object:
        return fate.fate_of(error, repeatable=True)

    monkeypatch.setattr(outbox, "fate_of", hopeful)
    seeds = range(WEATHERS.index("line"), 6 * len(WEATHERS), len(WEATHERS))
    lives = (live(seed, made).broken for seed in seeds)
    assert any("posted more than once" in each for wrong in lives for each in wrong)
