"""Parity: each role agrees, or each weighs a third; and no figure that tells on a role."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, times, told, votes

from assembly.deciding import decide
from assembly.fitting import possible
from assembly.outcome import InPersonBallots, RoleShare
from assembly.roles import Role
from assembly.rule import Base, DecisionMethod, Parity, Rule

TWO_THIRDS = Fraction(2, 3)
EACH = Rule(parity=Parity.EACH_ROLE)
EQUAL = Rule(parity=Parity.EQUAL_WEIGHTS)
SAID = votes(st.sampled_from(["yes", "no", "abstain"]), most=9)
MORE_EACH, MORE_EQUAL = replace(EACH, threshold=TWO_THIRDS), replace(EQUAL, threshold=TWO_THIRDS)
AGREED, REACHED = ("carried", "roles_agree"), ("carried", "reached")
HARD, MISSED = ("not_carried", "a_role_disagrees"), ("not_carried", "missed")


@pytest.mark.parametrize(
    ("rule", "lines", "expected"),
    [
        (EACH, "user: 20 yes; family: 5 yes; professional: 5 yes", AGREED),
        (EACH, "user: 20 yes; family: 3 yes 2 no; professional: 5 yes", AGREED),
        (EACH, "user: 20 yes; family: 2 yes 3 no; professional: 5 yes", HARD),
        # a tie in a role is lost in it
        (EACH, "user: 20 yes; family: 3 yes 3 no; professional: 5 yes", HARD),
        # and who says nothing that counts does not agree
        (EACH, "user: 20 yes; family: 5 abstain; professional: 5 yes", HARD),
        (EACH, "user: 20 yes; family: 5 yes", AGREED),
        (EACH, "user: 1 yes 9 no; family: 5 yes", MISSED),
        (EACH, "user: 5 no; family: 5 yes", ("not_carried", "tie")),
        (EACH, "user: 5 abstain; family: 5 abstain", ("no_result", "nothing_said")),
        (MORE_EACH, "user: 20 yes; family: 4 yes 2 no", AGREED),
        (MORE_EACH, "user: 20 yes; family: 3 yes 2 no", HARD),
        (replace(EACH, base=Base.CAST), "user: 20 yes; family: 3 yes 3 abstain", HARD),
        # 30 against 10, and yet two of three roles carry it
        (EQUAL, "user: 30 no; family: 5 yes; professional: 5 yes", REACHED),
        (EQUAL, "user: 30 yes; family: 5 no; professional: 5 no", MISSED),
        (EQUAL, "user: 30 yes 30 no; family: 5 yes; professional: 5 no", MISSED),
        (EQUAL, "user: 31 yes 30 no; family: 5 yes; professional: 5 no", REACHED),
        # a role that says nothing gives its third to nobody
        (EQUAL, "user: 9 yes; family: 5 abstain; professional: 5 yes", REACHED),
        (EQUAL, "user: 9 yes; family: 5 abstain; professional: 5 abstain", MISSED),
        (MORE_EQUAL, "user: 5 yes; family: 5 yes; professional: 9 no", REACHED),
    ],
)
def test_results(rule, lines, expected):
    assert told(decide(rule, poll(rule, *lines.split("; ")))) == expected


def test_a_role_that_is_entitled_and_silent_does_not_agree():
    for rule in (EACH, replace(EQUAL, threshold=Fraction(3, 4))):
        collected = poll(rule, "user: 20 yes", "family: 5 yes", "professional: ")
        assert decide(rule, collected).result == "carried"  # nobody of them is entitled
        silent = {**collected.electorate, Role.PROFESSIONAL: 1}
        assert decide(rule, replace(collected, electorate=silent)).result == "not_carried"


def test_the_roles_have_their_figures_where_each_gave_five_ballots():
    outcome = decide(EACH, poll(EACH, "user: 8 yes 4 no", "family: 4 yes 1 abstain", silent=3))
    assert outcome.roles == (
        RoleShare(Role.USER, {"yes": 8, "no": 4, "abstain": 0}, Fraction(2, 3)),
        RoleShare(Role.FAMILY, {"yes": 4, "no": 0, "abstain": 1}, Fraction(1)),
    )
    assert (outcome.share, outcome.of) == (Fraction(12, 16), 16)


def test_where_roles_weigh_equally_the_share_is_their_mean():
    lines = ("user: 8 yes 4 no", "family: 1 yes 4 no", "professional: 5 yes")
    outcome = decide(EQUAL, poll(EQUAL, *lines))
    assert (outcome.share, outcome.of) == (Fraction(28, 45), None)
    assert outcome.roles is not None
    assert [each.share for each in outcome.roles] == [Fraction(2, 3), Fraction(1, 5), Fraction(1)]


@pytest.mark.parametrize("rule", [EACH, EQUAL])
@pytest.mark.parametrize("few", ["4 yes", "1 no", ""])
def test_one_small_role_hides_the_figures_of_all(rule, few):
    collected = poll(rule, "user: 20 yes", "family: 7 yes", f"professional: {few}", silent=9)
    assert decide(rule, collected).roles is None


def test_a_hidden_role_cannot_be_solved_for():
    """Outcomes of different small roles tell apart no more than the totals and the result do."""
    found = set()
    for yes in permutations((0, 2, 4)):
        lines = (f"{role}: {n} yes {4 - n} no" for role, n in zip(Role, yes, strict=True))
        outcome = decide(EQUAL, poll(EQUAL, *lines))
        assert (outcome.share, outcome.of, outcome.roles) == (None, None, None)
        found.add((told(outcome), tuple(outcome.votes.items()), outcome.turnout))
    assert len(found) == 1


def test_ballots_of_the_hall_count_in_their_role():
    hall = (InPersonBallots("yes", 4, Role.FAMILY), InPersonBallots("invalid", 1, Role.FAMILY))
    collected = replace(
        poll(EACH, "user: 6 yes", "family: 2 yes 3 no"), hall=hall, headcounts={Role.FAMILY: 6}
    )
    outcome = decide(EACH, collected)
    assert told(outcome) == ("carried", "roles_agree")
    assert outcome.roles is not None
    assert outcome.roles[1] == RoleShare(
        Role.FAMILY, {"yes": 6, "no": 3, "abstain": 0, "invalid": 1}, Fraction(2, 3)
    )
    entitled = replace(EACH, base=Base.ENTITLED)
    roles = decide(entitled, collected).roles
    assert roles is not None and roles[1].share == Fraction(6, 11)


def test_ballots_of_the_hall_hide_nobody_who_took_part_by_phone():
    hall = (InPersonBallots("yes", 9, Role.FAMILY),)
    collected = poll(EACH, "user: 6 yes", "family: 4 yes")
    outcome = decide(EACH, replace(collected, hall=hall, headcounts={Role.FAMILY: 9}))
    assert (told(outcome), outcome.roles) == (AGREED, None)


@pytest.mark.parametrize(
    ("parity", "methods"),
    [
        (Parity.NONE, set(DecisionMethod)),
        (Parity.EACH_ROLE, {"majority", "consensus"}),
        (Parity.EQUAL_WEIGHTS, {"majority", "consensus", "approval", "score"}),
    ],
)
def test_which_methods_have_which_rule(parity, methods):
    assert {method for method in DecisionMethod if possible(method, parity)} == methods


@given(SAID, st.fractions(Fraction(1, 2), 1), st.sampled_from(Base))
def test_each_role_carries_what_the_whole_carries_too(said, threshold, base):
    """Where every role reaches it, all together do: never a veto of the whole against all roles."""
    rule = Rule(threshold=threshold, base=base, parity=Parity.EACH_ROLE)
    collected = of_votes(rule, said, 2)
    collected = replace(collected, present=collected.electorate)
    outcome = decide(rule, collected)
    whole = decide(replace(rule, parity=Parity.NONE), collected)
    assert outcome.result != "carried" or whole.result == "carried"
    assert outcome.share == whole.share
    alone = []
    for role, words in said.items():
        own = of_votes(Rule(), {role: words}, 2)
        own = replace(own, present=own.electorate)
        alone.append(decide(Rule(threshold=threshold, base=base), own).result)
    assert (outcome.result == "carried") is (set(alone) == {"carried"})


@given(SAID, st.permutations(list(Role)), st.sampled_from([EACH, EQUAL]), st.integers(2, 4))
def test_no_role_is_more_than_another(said, others, rule, factor):
    outcome = decide(rule, of_votes(rule, said))
    swapped = {others[list(Role).index(role)]: words for role, words in said.items()}
    assert told(decide(rule, of_votes(rule, swapped))) == told(outcome)
    assert told(decide(rule, of_votes(rule, times(said, factor)))) == told(outcome)


@given(SAID, st.sampled_from(list(Role)), st.integers(2, 5))
def test_a_role_of_more_people_weighs_no_more(said, role, factor):
    outcome = decide(EQUAL, of_votes(EQUAL, said))
    words = said.get(role, {})
    grown = {**said, role: {word: n * factor for word, n in words.items()}} if words else said
    assert told(decide(EQUAL, of_votes(EQUAL, grown))) == told(outcome)
