"""One storage call after the other goes wrong in a story: it is told to its end, as if none had.

Each is an I/O error or a full disk, once. In `make test` one call of many; all of them, each in
both ways, with `make endurance`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage import ballots
from tests.faults import place, story
from tests.faults.story import KINDS, Told

STRIDE = 211
LONG, OTHERS = pytest.mark.long, range(5, 55)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre")
    place.build(folder)
    return folder


@pytest.fixture(scope="module")
def quiet(made: Path) -> Told:
    """The story in which nothing goes wrong, and in which everything happens."""
    told = story.tell(made)
    assert told.errors == []
    assert any("Carried" in each for each in told.screens["the group"])
    assert any("as many said no as yes" in each for each in told.screens["the group"])
    assert any("on the list" in each for each in told.screens["Anna"])
    assert "2 of 3" in told.screens["Carla"][-1]
    assert "is erased" in told.screens["Dario"][-1]
    assert "at what time" in told.screens["Fiona"][-1]
    return told


def otherwise(at: int, *, made: Path, kind: str, quiet: Told) -> list[str]:
    """What is otherwise where this call goes wrong."""
    try:
        return story.differences(story.tell(made, (at, kind)), quiet)
    except AssertionError as error:
        return [str(error)]


def all_wrong(calls: Iterable[int], made: Path, quiet: Told, kind: str) -> dict[int, list[str]]:
    look = partial(otherwise, made=made, kind=kind, quiet=quiet)
    with ProcessPoolExecutor() as processes:
        return {
            at: wrong
            for at, wrong in zip(calls, processes.map(look, calls, chunksize=8), strict=True)
            if wrong
        }


@pytest.mark.parametrize(("kind", "first"), [(KINDS[0], 2), (KINDS[1], STRIDE // 2)])
def test_a_call_that_goes_wrong_changes_nothing(
    kind: str, first: int, made: Path, quiet: Told
) -> None:
    calls = range(first, quiet.calls + 1, STRIDE)
    wrong = {at: otherwise(at, made=made, kind=kind, quiet=quiet) for at in calls}
    assert not any(wrong.values()), wrong


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("kind", KINDS)
def test_no_call_that_goes_wrong_changes_anything(kind: str, made: Path, quiet: Told) -> None:
    calls = range(1, quiet.calls + 1)
    wrong = all_wrong(calls, made, quiet, kind)
    print(f"\n{kind} at each of {len(calls)} storage calls: {len(wrong)} went wrong")
    assert not wrong, wrong


@pytest.mark.parametrize("seed", [*range(1, 5), *(pytest.param(n, marks=LONG) for n in OTHERS)])
def test_updates_that_come_again_and_out_of_order_change_nothing(
    seed: int, made: Path, quiet: Told
) -> None:
    """One to five times each, while all vote at once; those of one person in their order.

    What is written is answered again each time, as the answer may have been lost. Who is erased
    may read instead that nothing is there: nothing tells any more that this press was dealt with.
    """
    told = story.tell(made, again=seed)
    assert (told.errors, told.toasts, told.rows) == ([], quiet.toasts, quiet.rows)
    for name, seen in quiet.screens.items():
        more = Counter(told.screens[name]) - Counter(seen)
        less = Counter(seen) - Counter(told.screens[name])
        if name == "Anna":
            again = "A bench in the yard\nWhy does it matter"
            assert all(each in seen or each.startswith(again) for each in more), more
        if name == "Dario" and more:
            [(less_of, more_of)] = zip(less, more, strict=True)
            assert "is erased" in less_of and more_of == "I hold nothing about you."
        assert name == "Dario" or not less, (name, less)
        assert name in ("Anna", "Dario") or not more, (name, more)


def test_a_confirmation_of_what_was_not_stored_is_noticed(
    made: Path, quiet: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ballots._record

    async def forgetful(*given: Any) -> None:
        if "no" not in given:
            await record(*given)

    monkeypatch.setattr(ballots, "_record", forgetful)
    assert story.differences(story.tell(made), quiet)
