from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.majority import tally
from assembly.outcome import Choice, Outcome

THIRD = Fraction(1, 3)


def count(yes: int = 0, no: int = 0, abstain: int = 0) -> dict[Choice, int]:
    return {Choice.YES: yes, Choice.NO: no, Choice.ABSTAIN: abstain}


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "electorate", "quorum", "result"),
    [
        (12, 7, 3, 41, THIRD, "carried"),
        (7, 12, 3, 41, THIRD, "not_carried"),
        (1, 0, 0, 1, Fraction(1), "carried"),
        (8, 7, 0, 41, THIRD, "carried"),
        # a tie is lost
        (7, 7, 0, 41, THIRD, "not_carried"),
        (1, 1, 20, 41, THIRD, "not_carried"),
        # abstentions weigh neither way, but they are taking part
        (2, 1, 11, 41, THIRD, "carried"),
        (2, 1, 10, 41, THIRD, "no_quorum"),
        # one short of the quorum, however clear
        (13, 0, 0, 41, THIRD, "no_quorum"),
        (14, 0, 0, 41, THIRD, "carried"),
        # nobody said yes or no
        (0, 0, 14, 41, THIRD, "no_result"),
        (0, 0, 13, 41, THIRD, "no_quorum"),
        (0, 0, 0, 41, THIRD, "no_quorum"),
        (0, 0, 0, 41, Fraction(0), "no_result"),
        (0, 0, 0, 0, Fraction(1), "no_result"),
        (0, 1, 0, 41, Fraction(0), "not_carried"),
    ],
)
def test_results(yes, no, abstain, electorate, quorum, result):
    assert tally(count(yes, no, abstain), electorate, quorum).result == result


def test_an_outcome_carries_its_reasons():
    assert tally(count(12, 7, 3), 41, THIRD) == Outcome(
        "carried", yes=12, no=7, abstain=3, cast=22, electorate=41, needed=14
    )


def test_a_missing_choice_counts_as_none():
    assert tally({Choice.NO: 5}, 5, THIRD) == Outcome("not_carried", 0, 5, 0, 5, 5, 2)


@pytest.mark.parametrize(
    ("ballots", "electorate", "quorum", "message"),
    [
        (count(yes=-1), 5, THIRD, "negative"),
        (count(yes=3, abstain=-1), 5, THIRD, "negative"),
        (count(yes=3, no=2, abstain=1), 5, THIRD, "6 ballots from an electorate of 5"),
        (count(yes=1), 5, Fraction(2), "share"),
        (count(), -1, THIRD, "head-count"),
    ],
)
def test_impossible_counts_are_refused(ballots, electorate, quorum, message):
    with pytest.raises(ValueError, match=message):
        tally(ballots, electorate, quorum)


COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))


@given(COUNTS, st.integers(0, 50), st.fractions(0, 1))
def test_swapping_yes_and_no_never_carries_both(counts, silent, quorum):
    yes, no, abstain = counts
    electorate = yes + no + abstain + silent
    results = {
        tally(count(yes, no, abstain), electorate, quorum).result,
        tally(count(no, yes, abstain), electorate, quorum).result,
    }
    assert "carried" not in results or results == {"carried", "not_carried"}


@given(COUNTS, st.integers(1, 50), st.fractions(0, 1))
def test_one_more_yes_never_undoes_what_was_carried(counts, silent, quorum):
    yes, no, abstain = counts
    electorate = yes + no + abstain + silent
    before = tally(count(yes, no, abstain), electorate, quorum)
    after = tally(count(yes + 1, no, abstain), electorate, quorum)
    assert before.result != "carried" or after.result == "carried"


@given(COUNTS, st.integers(0, 50), st.fractions(0, 1), st.integers(2, 5))
def test_only_proportions_decide(counts, silent, quorum, times):
    electorate = sum(counts) + silent
    small = tally(count(*counts), electorate, quorum).result
    large = tally(count(*(part * times for part in counts)), electorate * times, quorum).result
    assert small == large
