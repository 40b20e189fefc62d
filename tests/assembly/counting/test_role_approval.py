"""Approval with equal weights: the mean of the roles' shares, not of the people's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.written_polls import of_votes, poll, times, told, votes

from assembly.deciding import decide
from assembly.outcome import InPersonBallots, Points
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Rule

RULE = Rule(DecisionMethod.APPROVAL, ("A", "B", "C"), parity=Parity.EQUAL_WEIGHTS)
SAID = votes(st.sampled_from(["", "0", "1", "2", "01", "02", "12", "012"]), most=9)
LOT = (2, 0, 1)


@pytest.mark.parametrize(
    ("lines", "seats", "winners", "ties"),
    [
        # thirty users alone carry A on the whole, and not here
        (("user: 30 0", "family: 5 1", "professional: 5 12"), 1, (1,), []),
        (("user: 30 0", "family: 5 1", "professional: 5 12"), 2, (1, 2), [((0, 2), "drawn")]),
        (("user: 30 0", "family: 5 1"), 1, (0,), [((0, 1), "drawn")]),
        # who names nothing says nothing: of the users who do, all name A
        (("user: 1 0 29 blank", "family: 4 1 1 0"), 1, (0,), []),
        (("user: 9 0", "family: 9 blank", "professional: 9 1"), 1, (0,), [((0, 1), "drawn")]),
        # an option that nobody agrees with is never chosen
        (("user: 9 0", "family: 9 0"), 2, (0,), []),
    ],
)
def test_winners(lines, seats, winners, ties):
    rule = replace(RULE, seats=seats)
    outcome = decide(rule, poll(rule, *lines, drawn=LOT))
    assert outcome.winners == winners
    assert [(tie.between, tie.decided_by) for tie in outcome.ties] == ties
    assert (told(outcome), outcome.count) == (("chosen", "counted"), None)


def test_the_roles_shares_are_told_as_their_mean():
    hall = (InPersonBallots("invalid", 1, Role.FAMILY), InPersonBallots("1", 1, Role.FAMILY))
    collected = poll(RULE, "user: 6 0 2 01", "family: 5 1", "professional: 5 0", drawn=LOT)
    outcome = decide(RULE, replace(collected, hall=hall, headcounts={Role.FAMILY: 2}))
    assert outcome.points == (
        Points(0, 13, 13, Fraction(2, 3)),
        Points(1, 8, 8, Fraction(5, 12)),
        Points(2, 0, 0),
    )


def test_where_a_role_is_small_only_totals_are_told():
    rule = replace(RULE, seats=2)
    outcome = decide(rule, poll(rule, "user: 30 12", "family: 4 2"))
    assert outcome.winners == (1, 2)
    assert outcome.points == (Points(1, 30, 30), Points(2, 34, 34), Points(0, 0, 0))


@pytest.mark.parametrize("line", ["", "user: 4 blank"])
def test_nothing_named_is_no_result(line):
    assert told(decide(RULE, poll(RULE, line or "user: "))) == ("no_result", "nothing_said")


@given(SAID, st.permutations(range(3)), st.permutations(list(Role)), st.integers(2, 4))
def test_no_ballot_role_or_option_is_more_than_another(said, new, roles, factor):
    collected = of_votes(RULE, said)
    outcome = decide(RULE, collected)
    assert decide(RULE, replace(collected, ballots=collected.ballots[::-1])) == outcome
    swapped = {roles[list(Role).index(role)]: of for role, of in said.items()}
    assert decide(RULE, of_votes(RULE, swapped)).winners == outcome.winners
    assert decide(RULE, of_votes(RULE, times(said, factor))).winners == outcome.winners
    renamed = {
        role: {
            "".join(sorted(str(new[int(sign)]) for sign in choice)): n for choice, n in of.items()
        }
        for role, of in said.items()
    }
    again = decide(RULE, of_votes(RULE, renamed))
    assert set(again.winners) == {new[option] for option in outcome.winners}


@given(SAID)
def test_with_one_role_it_is_approval_as_everybody_knows_it(said):
    role, of = next(iter(said.items()))
    plain = replace(RULE, parity=Parity.NONE)
    weighed = decide(RULE, of_votes(RULE, {role: of}))
    assert set(weighed.winners) == set(decide(plain, of_votes(plain, {role: of})).winners)
