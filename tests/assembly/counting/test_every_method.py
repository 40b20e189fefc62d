"""What every count and every outcome says of itself, whatever its method."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from kit.ranked_ballots import ballots, letters
from kit.written_polls import poll

from assembly.count import Count, Counting, Reason, Tie
from assembly.counting import stv_meek, stv_scottish
from assembly.counting.methods import tally
from assembly.counting.table import WORDS
from assembly.deciding import decide
from assembly.ranking import Ballots, EqualRanks
from assembly.rule import DecisionMethod, Parity, Quorum, Rule

ABC = ("A", "B", "C")
SEVERAL = [method for method in Counting if method is not Counting.IRV]


@pytest.mark.parametrize("method", Counting)
def test_where_no_ballot_names_an_option_nobody_wins_and_all_share_a_place(
    method: Counting,
) -> None:
    cast = Ballots(ABC, {(): 4, (1,): 2}, withdrawn=frozenset({1}))
    expected = Count(method, ABC, 1, (), ((0, 2),), Reason("no_ballots"))
    assert tally(method, cast) == expected


@pytest.mark.parametrize("method", SEVERAL)
def test_a_count_says_what_was_counted_and_for_how_many_seats(method: Counting) -> None:
    count = tally(method, ballots("5 AB", "4 BA", "1 C"), 2)
    assert (count.method, count.options, count.seats) == (method, ABC, 2)
    assert set(letters(count.winners)) == set("AB")


@pytest.mark.parametrize("method", SEVERAL)
def test_an_order_drawn_reaches_every_method(method: Counting) -> None:
    """Two options that no ballot tells apart: the luckier has the second seat."""
    cast = ballots("9 A", "2 B", "2 C")
    for drawn, second in (((0, 1, 2), "B"), ((0, 2, 1), "C")):
        count = tally(method, cast, 2, drawn)
        assert letters(count.winners) == f"A{second}"
        assert count.ties[-1].decided_by == "drawn"


@pytest.mark.parametrize(("drawn", "winner"), [((2, 0, 1), "A"), ((1, 2, 0), "B")])
def test_an_order_drawn_decides_a_runoff(drawn: tuple[int, ...], winner: str) -> None:
    assert letters(tally(Counting.IRV, ballots("2 A", "2 B", "1 C"), 1, drawn).winners) == winner


def test_a_runoff_says_what_the_winner_has_a_majority_of() -> None:
    """Of the votes that still count in the last round: the blank and the exhausted do not."""
    count = tally(Counting.IRV, ballots("5 A", "3 B", "1 C", "1 CB", "1 "), 1)
    assert (count.options, count.seats, count.winners) == (ABC, 1, (0,))
    assert count.reason == Reason("majority", Decimal(5), Decimal(9))
    assert [round_.exhausted for round_ in count.rounds] == [1, 2]
    assert (count.rounds[-1].elected, count.rounds[0].excluded) == ((0,), (2,))


@pytest.mark.parametrize(
    ("method", "votes"),
    [(Counting.PLURALITY, "5"), (Counting.APPROVAL, "8"), (Counting.BORDA, "13.5")],
)
def test_most_points_are_told_out_of_the_ballots_that_name_somebody(
    method: Counting, votes: str
) -> None:
    count = tally(method, ballots("5 A", "3 BA", "1 C", "2 "), 1)
    assert count.reason == Reason("most", Decimal(votes), Decimal(9))
    [round_] = count.rounds
    assert (round_.exhausted, round_.elected) == (2, count.winners)


def test_where_nobody_has_to_be_left_out_no_vote_moves() -> None:
    """As many options as seats: the votes are those of the first preferences, by both methods."""
    for count in (stv_meek.tally, stv_scottish.tally):
        found = count(ballots("8 AB", "1 B"), 2)
        assert [dict(round_.votes) for round_ in found.rounds] == [{0: 8, 1: 1}]
        assert (letters(found.winners), found.reason.kind) == ("AB", "all_elected")


@pytest.mark.parametrize("method", [Counting.SCHULZE, Counting.RANKED_PAIRS])
def test_whoever_beats_all_others_is_said_to(method: Counting) -> None:
    count = tally(method, ballots("3 ABC", "2 BCA"), 1)
    assert (letters(count.winners), count.reason.kind) == ("A", "beats_all")


def test_equal_ranks_are_named_in_the_error() -> None:
    with pytest.raises(EqualRanks, match=r"options \(0, 1\) share a place") as raised:
        tally(Counting.IRV, ballots("3 C", "1 A=B"))
    assert raised.value.options == (0, 1)


@pytest.mark.parametrize("method", [Counting.IRV, Counting.STV_MEEK, Counting.STV_SCOTTISH])
def test_a_place_shared_with_a_withdrawn_option_is_not_shared(method: Counting) -> None:
    count = tally(method, ballots("3 A=B", "2 C", withdrawn="B"), 1)
    assert letters(count.winners) == "A"


@pytest.mark.parametrize("count", [stv_meek.tally, stv_scottish.tally])
def test_all_without_a_vote_go_together_although_somebody_is_elected(count) -> None:
    """A has one of two seats; B and C have votes for the other, D and E have none."""
    found = count(Ballots(tuple("ABCDE"), {(0,): 9, (1,): 4, (2,): 4}), 2, (0, 1, 2, 3, 4))
    excluded = [letters(round_.excluded) for round_ in found.rounds if round_.excluded]
    assert (excluded[0], letters(found.winners)) == ("DE", "AB")


@pytest.mark.parametrize(("drawn", "first"), [((0, 1, 2, 3), 0), ((3, 1, 0, 2), 1)])
def test_equal_surpluses_move_by_the_order_drawn(drawn: tuple[int, ...], first: int) -> None:
    """Rule 49: A and B reach the quota of 5 with 6 each, in the first round."""
    count = stv_scottish.tally(ballots("6 AC", "6 BD", "1 C", "1 D"), 2 + 1, drawn)
    assert count.rounds[0].surplus_of == first
    assert Tie((0, 1), "drawn", 1) in count.ties


def test_equal_surpluses_that_change_nothing_are_no_tie() -> None:
    count = stv_scottish.tally(ballots("6 AC", "6 BD", "2 C", "1 D"), 3)
    assert letters(count.winners) == "ABC"
    assert count.ties[0] == Tie((0, 1), "either_way", 1)


RULES = [
    (Rule(DecisionMethod.MAJORITY), ["3 yes 2 no", "2 yes 2 no", "1 yes 2 no", "2 abstain"]),
    (Rule(DecisionMethod.CONSENT), ["3 consent", "2 consent 1 object", ""]),
    (Rule(DecisionMethod.CONSENSUS), ["3 agree", "3 agree 1 block", "1 agree 3 aside", ""]),
    (Rule(DecisionMethod.SCORE, ABC), ["3 540", "2 ---"]),
    (Rule(DecisionMethod.DOTS, ABC, dots=5), ["3 410", "2 000"]),
    (Rule(DecisionMethod.APPROVAL, ABC), ["3 01", "2 blank"]),
    (Rule(DecisionMethod.APPROVAL, ABC, parity=Parity.EQUAL_WEIGHTS), ["3 01", "2 blank"]),
    (Rule(DecisionMethod.SCORE, ABC, parity=Parity.EQUAL_WEIGHTS), ["3 540", "2 ---"]),
    *((Rule(method, ABC), ["3 012", "2 blank"]) for method in DecisionMethod if "-" in method),
]


@pytest.mark.parametrize(("rule", "lines"), RULES)
@pytest.mark.parametrize("least", [0, 9])
def test_an_outcome_says_its_method_and_who_took_part(
    rule: Rule, lines: list[str], least: int
) -> None:
    """Whatever was said, and where the quorum is missed as well."""
    asked = replace(rule, quorum=Quorum(number=least or None))
    for line in lines:
        given = poll(asked, line or "user: ", silent=7)
        outcome = decide(asked, given)
        assert outcome.method is rule.method
        assert (outcome.turnout.cast, outcome.turnout.entitled) == (
            len(given.ballots),
            len(given.ballots) + 7,
        )
        assert (outcome.result == "no_quorum") is (least > 0)
        assert set(outcome.votes) == set(WORDS.get(rule.method, ()))


def test_a_mean_of_zero_is_less_than_any_other() -> None:
    rule = Rule(DecisionMethod.SCORE, ABC)
    assert decide(rule, poll(rule, "1 000 1 010", drawn=(0, 1, 2))).winners == (1,)


def test_hidden_means_leave_the_winners_in_the_order_in_which_they_were_put() -> None:
    rule = Rule(DecisionMethod.SCORE, ABC, seats=2, parity=Parity.EQUAL_WEIGHTS)
    small = poll(rule, "user: 30 045", "family: 4 045", "professional: 5 045")
    outcome = decide(rule, small)
    assert outcome.winners == (1, 2)
    assert [points.option for points in outcome.points] == [1, 2, 0]
