"""Consensus: a block stops it; and those who stand aside can be too many."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, times, told, votes

from assembly.deciding import decide
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Rule

HALF, FOUR_FIFTHS = Fraction(1, 2), Fraction(4, 5)
SAID = votes(st.sampled_from(["agree", "abstain", "aside", "block"]))


def rule(threshold: Fraction = FOUR_FIFTHS, parity: Parity = Parity.NONE) -> Rule:
    return Rule(DecisionMethod.CONSENSUS, threshold=threshold, parity=parity)


@pytest.mark.parametrize(
    ("threshold", "text", "expected"),
    [
        (FOUR_FIFTHS, "8 agree 2 aside", ("carried", "no_block")),
        (FOUR_FIFTHS, "7 agree 2 aside", ("not_carried", "too_little_agreement")),
        (FOUR_FIFTHS, "8 agree 2 aside 30 abstain", ("carried", "no_block")),
        (FOUR_FIFTHS, "99 agree 1 block", ("not_carried", "blocked")),
        (FOUR_FIFTHS, "1 agree 9 aside 1 block", ("not_carried", "blocked")),
        (FOUR_FIFTHS, "1 block", ("not_carried", "blocked")),
        (FOUR_FIFTHS, "1 agree", ("carried", "no_block")),
        (FOUR_FIFTHS, "3 aside", ("not_carried", "too_little_agreement")),
        (FOUR_FIFTHS, "3 abstain", ("no_result", "nothing_said")),
        (FOUR_FIFTHS, "", ("no_result", "nothing_said")),
        # of a half, exactly half is enough here: nobody says no
        (HALF, "5 agree 5 aside", ("carried", "no_block")),
        (HALF, "4 agree 5 aside", ("not_carried", "too_little_agreement")),
        (Fraction(1), "9 agree 9 abstain", ("carried", "no_block")),
        (Fraction(1), "9 agree 1 aside", ("not_carried", "too_little_agreement")),
        (Fraction(2, 3), "1999 agree 1000 aside", ("not_carried", "too_little_agreement")),
    ],
)
def test_results(threshold, text, expected):
    assert told(decide(rule(threshold), poll(rule(threshold), text, silent=3))) == expected


def test_the_share_is_of_those_who_took_a_stand():
    outcome = decide(rule(), poll(rule(), "6 agree 2 aside 1 block 4 abstain"))
    assert (outcome.share, outcome.of) == (Fraction(6, 9), 9)
    assert outcome.votes == {"agree": 6, "abstain": 4, "aside": 2, "block": 1}


@pytest.mark.parametrize(
    ("parity", "families", "expected"),
    [
        (Parity.EACH_ROLE, "4 agree 1 aside", ("carried", "roles_agree")),
        (Parity.EACH_ROLE, "3 agree 2 aside", ("not_carried", "a_role_disagrees")),
        (Parity.EACH_ROLE, "5 abstain", ("not_carried", "a_role_disagrees")),
        (Parity.EACH_ROLE, "4 agree 1 block", ("not_carried", "blocked")),
        (Parity.EACH_ROLE, "1 agree 9 aside", ("not_carried", "too_little_agreement")),
        (Parity.EQUAL_WEIGHTS, "3 agree 2 aside", ("carried", "no_block")),
        (Parity.EQUAL_WEIGHTS, "2 agree 3 aside", ("not_carried", "too_little_agreement")),
    ],
)
def test_with_a_rule_about_roles(parity, families, expected):
    by_role = rule(parity=parity)
    collected = poll(by_role, "user: 20 agree", f"family: {families}")
    outcome = decide(by_role, collected)
    assert told(outcome) == expected
    assert outcome.roles is not None
    assert [each.role for each in outcome.roles] == [Role.USER, Role.FAMILY]


@pytest.mark.parametrize("threshold", [Fraction(1, 3), Fraction(4, 3)])
def test_a_threshold_that_is_none_is_refused(threshold):
    with pytest.raises(ValueError, match="from one half to one"):
        decide(rule(threshold), poll(rule(), "1 agree"))


@given(SAID, st.fractions(HALF, 1), st.integers(2, 4))
def test_only_proportions_decide_and_no_order(said, threshold, factor):
    one = rule(threshold)
    collected = of_votes(one, said)
    outcome = decide(one, collected)
    assert decide(one, replace(collected, ballots=collected.ballots[::-1])) == outcome
    assert told(decide(one, of_votes(one, times(said, factor)))) == told(outcome)


@given(SAID, st.fractions(HALF, 1))
def test_more_agreement_never_harms_and_a_block_always_stops(said, threshold):
    one = rule(threshold)
    first = next(iter(said))

    def result(word):
        more = {**said, first: {**said[first], word: said[first].get(word, 0) + 1}}
        return decide(one, of_votes(one, more)).result

    assert decide(one, of_votes(one, said)).result != "carried" or result("agree") == "carried"
    assert result("block") == "not_carried"
