from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.electorate import (
    DAY,
    ENOUGH_SETTLED,
    FOUNDING,
    WAITS,
    Waiting,
    digest,
    joined_by,
)
from assembly.rule import Rule, Secrecy

NOW = 1_800_000_000
SECRET, SEALED, OPEN = (Rule(secrecy=each) for each in Secrecy)
OLD, NEW = NOW - 100 * DAY, NOW - DAY


@pytest.mark.parametrize(
    ("joined", "rule", "days", "expected"),
    [
        ([OLD] * 5 + [NEW] * 4, SECRET, 7, NOW - 7 * DAY),
        ([OLD] * 5 + [NEW] * 4, SEALED, 7, NOW - 7 * DAY),
        ([OLD] * 5 + [NEW] * 4, OPEN, 7, None),
        ([OLD] * 5 + [NEW] * 4, SECRET, 0, None),
        ([OLD] * 5 + [NEW] * 4, SECRET, 14, NOW - 14 * DAY),
        # so many of some time that a few newcomers change nothing
        ([OLD] * 19 + [NEW], SECRET, 7, NOW - 7 * DAY),
        ([OLD] * 20 + [NEW], SECRET, 7, None),
        # newcomers make no electorate large
        ([OLD] * 5 + [NEW] * 500, SECRET, 7, NOW - 7 * DAY),
        ([NOW - 7 * DAY] * 20, SECRET, 7, None),
        ([NOW - 7 * DAY + 1] * 20, SECRET, 7, NOW - 7 * DAY),
        ([], SECRET, 7, NOW - 7 * DAY),
    ],
)
def test_by_when_one_must_have_joined(
    joined: list[int], rule: Rule, days: int, expected: int | None
) -> None:
    assert joined_by(joined, rule, days, NOW) == expected


def test_days_are_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        joined_by([OLD], SECRET, -1, NOW)


moments = st.lists(st.integers(0, NOW), max_size=40)


@given(moments, st.integers(0, 500), st.sampled_from(WAITS))
def test_newcomers_change_nothing_for_the_others(joined: list[int], more: int, days: int) -> None:
    """However many are made up: whoever stood without them stands, and of them nobody does."""
    before = joined_by(joined, SECRET, days, NOW)
    assert joined_by([*joined, *[NOW] * more], SECRET, days, NOW) == before


@given(moments, st.sampled_from(WAITS))
def test_whoever_is_left_out_has_just_joined(joined: list[int], days: int) -> None:
    latest = joined_by(joined, SECRET, days, NOW)
    if latest is not None:
        assert all(NOW - moment < days * DAY for moment in joined if moment > latest)
        assert sum(moment <= latest for moment in joined) < ENOUGH_SETTLED


@pytest.mark.parametrize(
    ("waiting", "now", "days"),
    [
        (Waiting(), NOW, 7),
        (Waiting(), FOUNDING - 1, 0),  # a new centre's first month
        (Waiting(), FOUNDING, 7),
        (Waiting(14, 7, NOW), NOW, 14),  # longer: at once
        (Waiting(0, 7, NOW), NOW, 7),  # shorter: not before the longer time has passed
        (Waiting(0, 7, NOW), NOW + 7 * DAY - 1, 7),
        (Waiting(0, 7, NOW), NOW + 7 * DAY, 0),
        (Waiting(7, 14, NOW), NOW + 13 * DAY, 14),
        (Waiting(7, 14, NOW), NOW + 14 * DAY, 7),
    ],
)
def test_how_long_it_takes(waiting: Waiting, now: int, days: int) -> None:
    assert waiting.at(0, now) == days


changes = st.lists(st.tuples(st.sampled_from(WAITS), st.integers(0, 20 * DAY)), max_size=8)


@given(changes, st.integers(0, 20 * DAY))
def test_no_change_lets_anybody_stand_sooner(made: list[tuple[int, int]], later: int) -> None:
    """Whoever joins as somebody shortens the time waits as long as if it had stayed.

    Choosing again what is chosen already is no change: a shorter time then runs on from its own.
    """
    waiting, moment = Waiting(), FOUNDING
    for days, pause in made:
        moment += pause
        held, before = waiting.at(0, moment), waiting
        waiting = before.changed(days, moment)
        if waiting != before and later < held * DAY:
            assert waiting.at(0, moment + later) >= held


def test_the_same_choice_changes_nothing() -> None:
    waiting = Waiting(0, 7, NOW)
    assert waiting.changed(0, NOW + 5 * DAY) is waiting
    with pytest.raises(ValueError, match="no such choice"):
        waiting.changed(1, NOW)


def test_the_digest_is_of_the_commitments_in_any_order() -> None:
    # printf 'a1\nb2\nc3\n' | sha256sum
    known = "5ebda042ce65e7e18ba1f7d467b91a1ed5275e6e2e9fc4362425595b46d36e70"
    assert digest(["c3", "a1", "b2"]) == digest(iter(("a1", "b2", "c3"))) == known


def test_another_elector_is_another_digest() -> None:
    hashes = {digest(lines) for lines in (["a1", "b2"], ["a1"], ["a1b2"], ["a1", "b3"], [])}
    assert len(hashes) == 5
