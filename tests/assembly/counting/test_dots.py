"""Dots: all dots count alike, whoever placed them and however many on one option."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, renamed, times, told, votes

from assembly.ballot import Misvote
from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Points
from assembly.rule import DecisionMethod, Rule

RULE = Rule(DecisionMethod.DOTS, ("A", "B", "C"), dots=12)
SAID = votes(st.text("01234", min_size=3, max_size=3))
LOT = (2, 0, 1)


@pytest.mark.parametrize(
    ("text", "seats", "winners", "ties"),
    [
        ("2 300 1 060", 2, (0, 1), []),
        ("3 300 1 090", 1, (0,), [((0, 1), "drawn")]),
        ("2 300 1 0b0", 1, (1,), []),
        ("1 111", 1, (2,), [((0, 1, 2), "drawn")]),
        ("1 111", 2, (0, 2), [((0, 1, 2), "drawn")]),
        # an option without a dot is never chosen
        ("1 100", 2, (0,), []),
    ],
)
def test_winners(text, seats, winners, ties):
    rule = replace(RULE, seats=seats)
    outcome = decide(rule, poll(rule, text, drawn=LOT))
    assert outcome.winners == winners
    assert [(tie.between, tie.decided_by) for tie in outcome.ties] == ties
    assert told(outcome) == ("chosen", "counted")


def test_points_are_told_best_first():
    hall = (InPersonBallots("00c", 2), InPersonBallots("invalid", 1))
    collected = replace(poll(RULE, "2 310 1 020", drawn=LOT), hall=hall, headcounts={None: 3})
    outcome = decide(RULE, collected)
    assert outcome.points == (Points(2, 24, 2), Points(0, 6, 2), Points(1, 4, 3))


@pytest.mark.parametrize("text", ["", "4 000"])
def test_no_dot_is_no_result(text):
    assert told(decide(RULE, poll(RULE, text))) == ("no_result", "nothing_said")


def test_more_dots_than_each_has_are_refused():
    with pytest.raises(Misvote):
        decide(RULE, poll(RULE, "1 d00"))


@given(SAID, st.permutations(range(3)), st.integers(2, 4))
def test_neither_order_nor_names_nor_number_matter(said, new, factor):
    collected = of_votes(RULE, said)
    outcome = decide(RULE, collected)
    assert decide(RULE, replace(collected, ballots=collected.ballots[::-1])) == outcome
    assert decide(RULE, of_votes(RULE, times(said, factor))).winners == outcome.winners
    again = decide(RULE, of_votes(RULE, renamed(said, new)))
    assert set(again.winners) == {new[option] for option in outcome.winners}
    placed = sum(sum(map(int, c)) * n for of in said.values() for c, n in of.items())
    assert sum(points.total for points in outcome.points) == placed
