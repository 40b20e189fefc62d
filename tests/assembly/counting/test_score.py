"""Score: means of those who scored, a published election, and ties by the lot."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, renamed, times, told, votes

from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Points
from assembly.rule import DecisionMethod, Parity, Rule

ABC = ("A", "B", "C")
RULE = Rule(DecisionMethod.SCORE, ABC)
SAID = votes(st.text("012345-", min_size=3, max_size=3))
LOT = (2, 0, 1)


def test_the_capital_of_tennessee():
    # Memphis, Nashville, Chattanooga, Knoxville; the usual example of STAR voting's first round
    cities = Rule(DecisionMethod.SCORE, ("Memphis", "Nashville", "Chattanooga", "Knoxville"))
    outcome = decide(cities, poll(cities, "42 5210 26 0522 15 0354 17 0245"))
    assert outcome.winners == (1,)
    assert outcome.points == (
        Points(1, 293, 100),
        Points(2, 237, 100),
        Points(0, 210, 100),
        Points(3, 197, 100),
    )
    assert outcome.points[0].mean == Fraction(293, 100)
    assert (told(outcome), outcome.ties, outcome.count) == (("chosen", "counted"), (), None)


@pytest.mark.parametrize(
    ("text", "seats", "winners", "ties"),
    [
        ("1 543", 1, (0,), []),
        # unscored is not zero: B has 4 from one, A 3 from all
        ("3 3-0 3 34-", 1, (1,), []),
        ("3 300 1 34-", 1, (0,), []),
        # equal means: more have scored A
        ("2 4-- 1 -4-", 1, (0,), []),
        ("2 4-0 2 -40", 2, (0, 1), []),
        # the lot: C before A before B
        ("2 440", 1, (0,), [((0, 1), "drawn")]),
        ("2 404", 1, (2,), [((0, 2), "drawn")]),
        ("2 444", 2, (0, 2), [((0, 1, 2), "drawn")]),
        # a tie that takes no seat from anybody is none
        ("2 440", 2, (0, 1), []),
        ("2 544", 1, (0,), []),
        ("2 ---", 1, (), []),
    ],
)
def test_winners(text, seats, winners, ties):
    rule = replace(RULE, seats=seats)
    outcome = decide(rule, poll(rule, text, drawn=LOT))
    assert outcome.winners == winners
    assert [(tie.between, tie.decided_by) for tie in outcome.ties] == ties


@pytest.mark.parametrize(
    ("text", "seats", "winners"),
    [
        # one person's single 5 does not beat 199 of 200 points
        ("39 5-- 1 45-", 1, (0,)),
        # half of those who scored the most-scored are enough, one less is not
        ("2 3-- 2 35-", 1, (1,)),
        ("3 3-- 2 35-", 1, (0,)),
        # a mean of 0 fills no seat, nor does what too few scored
        ("2 500", 2, (0,)),
        ("5 4-- 1 45-", 2, (0,)),
    ],
)
def test_neither_few_nor_nothing_is_chosen(text, seats, winners):
    rule = replace(RULE, seats=seats)
    assert decide(rule, poll(rule, text, drawn=LOT)).winners == winners


@pytest.mark.parametrize("text", ["2 000", "3 0-- 1 05-"])
def test_where_no_option_got_points_from_enough_nothing_is_chosen(text):
    outcome = decide(RULE, poll(RULE, text, drawn=LOT))
    assert (told(outcome), outcome.winners) == (("no_result", "none_enough"), ())
    assert {one.option for one in outcome.points} == {0, 1, 2}


def test_the_first_edition_stays_as_it_was():
    first = replace(RULE, edition=1)
    assert decide(first, poll(first, "39 5-- 1 45-", drawn=LOT)).winners == (1,)
    assert decide(first, poll(first, "2 0--", drawn=LOT)).winners == (0,)


def test_points_are_told_best_first_and_unscored_ones_last():
    outcome = decide(RULE, poll(RULE, "2 0-5 1 1--", drawn=LOT))
    assert outcome.points == (Points(2, 10, 2), Points(0, 1, 3), Points(1, 0, 0, enough=False))
    assert outcome.points[2].mean is None


def test_without_a_lot_a_tie_stays_one():
    outcome = decide(RULE, poll(RULE, "2 440"))
    assert outcome.winners == (0, 1)
    assert [tie.decided_by for tie in outcome.ties] == ["nothing"]


@pytest.mark.parametrize("text", ["", "4 ---"])
def test_no_score_is_no_result(text):
    outcome = decide(RULE, poll(RULE, text))
    assert (told(outcome), outcome.points) == (("no_result", "nothing_said"), ())


def test_invalid_papers_score_nothing():
    hall = (InPersonBallots("invalid", 3), InPersonBallots("0-5", 2))
    collected = replace(poll(RULE, "1 ---"), hall=hall, headcounts={None: 5})
    assert decide(RULE, collected).points[0] == Points(2, 10, 2)


EQUAL = replace(RULE, parity=Parity.EQUAL_WEIGHTS)


def test_where_roles_weigh_equally_their_means_do():
    collected = poll(EQUAL, "user: 30 500", "family: 5 340", "professional: 5 350")
    outcome = decide(EQUAL, collected)
    assert outcome.winners == (0,)
    assert outcome.points[:2] == (
        Points(0, 180, 40, Fraction(11, 3)),
        Points(1, 45, 40, Fraction(3)),
    )
    # thirty users alone carry A on the whole, and not here
    outvoted = poll(EQUAL, "user: 30 50-", "family: 5 05-", "professional: 5 05-")
    assert decide(EQUAL, outvoted).winners == (1,)
    assert decide(RULE, poll(RULE, "30 50- 10 05-")).winners == (0,)


def test_a_role_that_passes_an_option_over_gives_it_nothing():
    collected = poll(EQUAL, "user: 5 53-", "family: 5 -3-", "professional: 5 -3-")
    outcome = decide(EQUAL, collected)
    assert [(each.option, each.weighed) for each in outcome.points] == [
        (1, Fraction(3)),
        (0, Fraction(5, 3)),
        (2, None),
    ]


def test_where_a_role_is_small_no_order_and_no_weighed_mean_is_told():
    collected = poll(
        replace(EQUAL, seats=2), "user: 30 054", "family: 4 054", "professional: 5 054"
    )
    outcome = decide(replace(EQUAL, seats=2), collected)
    assert outcome.winners == (1, 2)
    assert outcome.points == (Points(1, 195, 39), Points(2, 156, 39), Points(0, 0, 39))
    assert outcome.roles is None


@given(SAID, st.permutations(range(3)), st.integers(2, 4), st.sampled_from([RULE, EQUAL]))
def test_neither_order_nor_names_nor_number_matter(said, new, factor, rule):
    collected = of_votes(rule, said)
    outcome = decide(rule, collected)
    assert decide(rule, replace(collected, ballots=collected.ballots[::-1])) == outcome
    assert decide(rule, of_votes(rule, times(said, factor))).winners == outcome.winners
    again = decide(rule, of_votes(rule, renamed(said, new)))
    assert set(again.winners) == {new[option] for option in outcome.winners}


@given(SAID)
def test_a_better_score_never_harms_the_winner(said):
    outcome = decide(RULE, of_votes(RULE, said, drawn=LOT))
    if not outcome.winners:
        assert outcome.result == "no_result"
        return
    (winner,) = outcome.winners
    raised = {role: Counter[str]() for role in said}
    for role, of in said.items():
        for choice, ballots in of.items():
            sign = "-" if choice[winner] == "-" else "5"
            raised[role][choice[:winner] + sign + choice[winner + 1 :]] += ballots
    assert decide(RULE, of_votes(RULE, raised, drawn=LOT)).winners == (winner,)
