"""What moved from round to round adds up, for every method by rounds."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.ranked_ballots import among, ballots, letters, profiles, votes

from assembly.count import Counting
from assembly.counting.methods import tally
from assembly.ranking import Ballots
from assembly.transfers import transfers

BY_ROUNDS = [Counting.IRV, Counting.STV_SCOTTISH, Counting.STV_MEEK]


@pytest.mark.parametrize("method", BY_ROUNDS)
@given(profiles(), st.permutations(range(5)), st.integers(1, 3))
def test_what_is_given_is_got_or_exhausted(
    method: Counting, of: Ballots, drawn: list[int], seats: int
) -> None:
    seats = 1 if method is Counting.IRV else min(seats, len(of.options))
    count = tally(method, of, seats, among(of, drawn))
    moved = transfers(count.rounds)
    assert [each.at for each in moved] == list(range(1, len(count.rounds)))
    for each, (before, after) in zip(moved, pairwise(count.rounds), strict=True):
        assert sum(each.given.values()) == sum(each.got.values()) + each.exhausted
        assert min([*each.given.values(), *each.got.values()], default=Decimal(1)) > 0
        for option in after.votes:
            got, gave = each.got.get(option, 0), each.given.get(option, 0)
            assert before.votes[option] + got - gave == after.votes[option]


def test_who_gave_and_who_got() -> None:
    """A surplus, then an excluded option, of whose ballots one ends."""
    count = tally(Counting.STV_SCOTTISH, ballots("6 AB", "1 B", "2 CB", "1 D", "2 B"), 2)
    surplus, excluded = transfers(count.rounds)[:2]
    assert (votes(surplus.given), votes(surplus.got)) == ({"A": "1"}, {"B": "0.99996"})
    assert letters(excluded.given) == "D" and excluded.exhausted == 1


def test_one_round_moves_nothing() -> None:
    assert transfers(tally(Counting.PLURALITY, ballots("1 A")).rounds) == ()
    assert transfers(()) == ()
