"""Grouped ballots: what they refuse, and how withdrawn options leave them."""

from __future__ import annotations

import pytest

from assembly.count import Counting
from assembly.counting.methods import tally
from assembly.ranking import Ballots, Ranking, blank, group, without_withdrawn


def test_ballots_are_grouped_by_what_they_say() -> None:
    ballots = group(["a", "b"], [(0, 1), (1,), (0, 1), ()])
    assert ballots.rankings == {(0, 1): 2, (1,): 1, (): 1}
    assert (ballots.cast, ballots.standing, blank(ballots)) == (4, (0, 1), 1)


def test_rankings_that_become_the_same_are_one() -> None:
    ballots = group("abc", [(0, 1, 2), (1, 2), ((0, 1), 2), ((0, 1, 2),)], withdrawn=[0])
    assert without_withdrawn(ballots) == {(1, 2): 3, ((1, 2),): 1}
    assert ballots.shared == {(0, 1), (0, 1, 2)}


@pytest.mark.parametrize(
    ("rankings", "withdrawn"), [([(2,)], ()), ([(-1,)], ()), ([((0, 5),)], ()), ([(0,)], (2,))]
)
def test_unknown_options_are_refused(
    rankings: list[tuple[int, ...]], withdrawn: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match="unknown options"):
        group("ab", rankings, withdrawn)


@pytest.mark.parametrize("method", Counting)
def test_an_option_that_is_named_again_counts_where_it_stands_first(method: Counting) -> None:
    options = ("a", "b", "c")
    others: dict[Ranking, int] = {(1, 0): 3, (2,): 2}
    again = tally(method, Ballots(options, {(0, 1, 0, 2, 1): 4, **others}))
    assert again == tally(method, Ballots(options, {(0, 1, 2): 4, **others}))


@pytest.mark.parametrize(
    ("method", "seats", "drawn", "withdrawn", "why"),
    [
        (Counting.BORDA, 0, None, (), "seats"),
        (Counting.BORDA, 1, None, (0, 1), "options"),
        (Counting.BORDA, 1, (0,), (), "order of all"),
        (Counting.STV_MEEK, 1, (0, 0), (), "order of all"),
        (Counting.IRV, 2, None, (), "one winner"),
    ],
)
def test_what_can_not_be_counted(
    method: Counting,
    seats: int,
    drawn: tuple[int, ...] | None,
    withdrawn: tuple[int, ...],
    why: str,
) -> None:
    with pytest.raises(ValueError, match=why):
        tally(method, group("ab", [(0,)], withdrawn), seats, drawn)


@pytest.mark.parametrize("method", Counting)
def test_every_method_counts(method: Counting) -> None:
    count = tally(method, Ballots(("a", "b"), {(0,): 3, (1,): 1}))
    assert (count.method, count.winners, count.order) == (method, (0,), ((0,), (1,)))
