"""Majority: thresholds and bases at their edges, with the figures that parliamentarians print."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, times, told, votes

from assembly.collected import Group
from assembly.counting.majority import THRESHOLD, of
from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Outcome
from assembly.roles import Role
from assembly.rule import Base, Rule

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
SAID = votes(st.sampled_from(["yes", "no", "abstain"]), most=20)


def counted(
    threshold: Fraction, base: Base, text: str, silent: int = 0, invalid: int = 0
) -> Outcome:
    """The outcome of these ballots; everybody is present but the silent."""
    rule = Rule(threshold=threshold, base=base)
    collected = poll(rule, text, silent=silent)
    if invalid:
        collected = replace(
            collected, hall=(InPersonBallots("invalid", invalid),), headcounts={None: invalid}
        )
    return decide(rule, replace(collected, present=collected.cast))


@pytest.mark.parametrize(
    ("threshold", "text", "expected"),
    [
        # Robert's Rules 44:1: of 19 votes 10, of 20 votes 11, of 21 votes 11
        (HALF, "10 yes 9 no", ("carried", "reached")),
        (HALF, "9 yes 10 no", ("not_carried", "missed")),
        (HALF, "11 yes 9 no", ("carried", "reached")),
        (HALF, "10 yes 10 no", ("not_carried", "tie")),
        (HALF, "11 yes 10 no", ("carried", "reached")),
        # not 51 in a hundred: 501 of 1000 (California State Association of Parliamentarians)
        (HALF, "501 yes 499 no", ("carried", "reached")),
        (HALF, "500 yes 500 no", ("not_carried", "tie")),
        # abstentions are no votes
        (HALF, "1 yes 30 abstain", ("carried", "reached")),
        (HALF, "9 yes 8 no 1 abstain", ("carried", "reached")),
        (HALF, "1 yes 1 no 30 abstain", ("not_carried", "tie")),
        (HALF, "3 no", ("not_carried", "missed")),
        # two thirds: at least twice as many yes as no; of five votes 4 to 1 or 5 to 0
        (TWO_THIRDS, "4 yes 1 no", ("carried", "reached")),
        (TWO_THIRDS, "3 yes 2 no", ("not_carried", "missed")),
        (TWO_THIRDS, "20 yes 10 no", ("carried", "reached")),
        (TWO_THIRDS, "20 yes 11 no", ("not_carried", "missed")),
        (TWO_THIRDS, "22 yes 11 no", ("carried", "reached")),
        (TWO_THIRDS, "9 yes 8 no 1 abstain", ("not_carried", "missed")),
        (TWO_THIRDS, "5 yes 5 no", ("not_carried", "missed")),
        # a float has 0.6666666666666666 of these, and would say enough
        (TWO_THIRDS, "1999 yes 1000 no", ("not_carried", "missed")),
        (THREE_QUARTERS, "3 yes 1 no", ("carried", "reached")),
        (THREE_QUARTERS, "74 yes 26 no", ("not_carried", "missed")),
        (Fraction(1), "7 yes 9 abstain", ("carried", "reached")),
        (Fraction(1), "70 yes 1 no", ("not_carried", "missed")),
        (Fraction(501, 1000), "501 yes 499 no", ("carried", "reached")),
        # nobody spoke for or against
        (HALF, "9 abstain", ("no_result", "nothing_said")),
        (HALF, "", ("no_result", "nothing_said")),
    ],
)
def test_thresholds(threshold, text, expected):
    assert told(counted(threshold, Base.YES_NO, text)) == expected


@pytest.mark.parametrize(
    ("base", "text", "silent", "result", "of_them"),
    [
        # 150 members, of whom 30 are there, with 2 invalid papers
        (Base.YES_NO, "13 yes 12 no 3 abstain", 120, "carried", 25),
        (Base.YES_NO, "12 yes 13 no 3 abstain", 120, "not_carried", 25),
        (Base.YES_NO_ABSTAIN, "15 yes 10 no 3 abstain", 120, "carried", 28),
        (Base.YES_NO_ABSTAIN, "14 yes 11 no 3 abstain", 120, "not_carried", 28),
        (Base.CAST, "16 yes 9 no 3 abstain", 120, "carried", 30),
        (Base.CAST, "15 yes 10 no 3 abstain", 120, "not_carried", 30),
        (Base.PRESENT, "16 yes 9 no 3 abstain", 120, "carried", 30),
        (Base.PRESENT, "15 yes 10 no 3 abstain", 120, "not_carried", 30),
        (Base.ENTITLED, "28 yes", 120, "not_carried", 150),
        (Base.ENTITLED, "76 yes", 72, "carried", 150),
        (Base.ENTITLED, "75 yes", 73, "not_carried", 150),
    ],
)
def test_of_whom_a_majority_is_more_than_half(base, text, silent, result, of_them):
    found = counted(HALF, base, text, silent, invalid=2)
    assert (found.result, found.of) == (result, of_them)
    assert found.turnout.entitled == 150


def test_votes_that_nobody_can_read_are_votes_cast():
    # 71 legal votes and 10 that say "maybe": 41 are needed (the same association's example)
    assert counted(HALF, Base.CAST, "41 yes 30 no", invalid=10).result == "carried"
    outcome = counted(HALF, Base.CAST, "40 yes 31 no", invalid=10)
    assert (outcome.result, outcome.share) == ("not_carried", Fraction(40, 81))
    assert outcome.votes == {"yes": 40, "no": 31, "abstain": 0, "invalid": 10}
    assert told(counted(HALF, Base.CAST, "3 abstain", invalid=1)) == ("no_result", "nothing_said")


def test_half_of_a_wider_base_is_no_tie():
    assert told(counted(HALF, Base.YES_NO_ABSTAIN, "3 yes 3 abstain")) == ("not_carried", "missed")
    assert told(counted(HALF, Base.ENTITLED, "3 yes 3 no", silent=6)) == ("not_carried", "missed")
    assert told(counted(HALF, Base.ENTITLED, "3 yes 3 no")) == ("not_carried", "tie")


def test_who_casts_from_afar_counts_as_present():
    assert of(Base.PRESENT, Group({"yes": 9}, cast=9, entitled=20, present=4)) == 9
    assert of(Base.PRESENT, Group({"yes": 3}, cast=3, entitled=20, present=4)) == 4
    with pytest.raises(ValueError, match="nobody counted them"):
        of(Base.PRESENT, Group({"yes": 3}, cast=3, entitled=20, present=None))


@pytest.mark.parametrize("threshold", [Fraction(49, 100), Fraction(0), Fraction(101, 100)])
def test_a_threshold_that_is_none_is_refused(threshold):
    with pytest.raises(ValueError, match="from one half to one"):
        counted(threshold, Base.YES_NO, "1 yes")


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.fractions(HALF, 1))
def test_enough_is_what_whole_numbers_say(yes, others, threshold):
    of_them = yes + others
    enough = THRESHOLD.reached(Fraction(yes, of_them), threshold)
    left, right = yes * threshold.denominator, threshold.numerator * of_them
    assert enough is (left > right if threshold == HALF else left >= right)


@given(SAID, st.sampled_from(Base), st.fractions(HALF, 1), st.integers(0, 9))
def test_nobody_matters_more_than_another(said, base, threshold, silent):
    """Neither the order of the ballots nor whose they are changes anything."""
    rule = Rule(threshold=threshold, base=base)
    collected = of_votes(rule, said, silent)
    collected = replace(collected, present=collected.electorate)
    outcome = decide(rule, collected)
    assert decide(rule, replace(collected, ballots=collected.ballots[::-1])) == outcome
    heads = {Role.USER: sum(collected.electorate.values())}
    together = replace(
        collected, electorate=heads, present=heads, cast={Role.USER: len(collected.ballots)}
    )
    assert decide(rule, together) == outcome


@given(SAID, st.sampled_from(Base), st.fractions(HALF, 1), st.integers(2, 5))
def test_only_proportions_decide(said, base, threshold, factor):
    rule = Rule(threshold=threshold, base=base)
    small, large = of_votes(rule, said, 3), of_votes(rule, times(said, factor), 3 * factor)
    one = decide(rule, replace(small, present=small.electorate))
    other = decide(rule, replace(large, present=large.electorate))
    assert (told(one), one.share) == (told(other), other.share)


@given(SAID, st.sampled_from(Base), st.fractions(HALF, 1))
def test_another_yes_never_harms_and_the_contrary_loses(said, base, threshold):
    rule = Rule(threshold=threshold, base=base)

    def result(what):
        collected = of_votes(rule, what, 2)
        return decide(rule, replace(collected, present=collected.electorate)).result

    before = result(said)
    first = next(iter(said))
    more = {**said, first: {**said[first], "yes": said[first].get("yes", 0) + 1}}
    assert before != "carried" or result(more) == "carried"
    swap = {"yes": "no", "no": "yes", "abstain": "abstain"}
    contrary = {role: {swap[word]: n for word, n in words.items()} for role, words in said.items()}
    assert before != "carried" or result(contrary) == "not_carried"


@given(SAID, st.fractions(HALF, 1))
def test_a_wider_base_is_never_easier(said, threshold):
    found = []
    for base in Base:
        rule = Rule(threshold=threshold, base=base)
        collected = of_votes(rule, said, 2)
        found.append(decide(rule, replace(collected, present=collected.electorate)))
    shares = [outcome.share for outcome in found if outcome.share is not None]
    assert shares == sorted(shares, reverse=True)
    results = [outcome.result for outcome in found]
    assert results == sorted(results, key=("no_result", "carried", "not_carried").index)
