from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.deciding import decide
from assembly.fitting import MOST_DOTS, Misfit, instead, misfits
from assembly.outcome import Poll
from assembly.roles import Role
from assembly.rule import DecisionMethod, Parity, Quorum, Rule, Secrecy

MANY = {Role.USER: 12, Role.FAMILY: 5, Role.PROFESSIONAL: 7}
FEW_FAMILIES = {**MANY, Role.FAMILY: 4}
NO_FAMILIES = {**MANY, Role.FAMILY: 0}
USERS = {Role.USER: 12}
FOUR = {Role.USER: 2, Role.FAMILY: 1, Role.PROFESSIONAL: 1}
TWO = {Role.USER: 1, Role.FAMILY: 1}
ABC = ("A", "B", "C")
APPROVAL = Rule(DecisionMethod.APPROVAL, ABC)
EACH = Rule(parity=Parity.EACH_ROLE)
EQUAL = Rule(parity=Parity.EQUAL_WEIGHTS)


@pytest.mark.parametrize(
    ("rule", "electorate"),
    [
        (Rule(), MANY),
        (Rule(), {Role.USER: 5}),
        (Rule(secrecy=Secrecy.SEALED), FOUR),
        (Rule(secrecy=Secrecy.OPEN), FOUR),
        (Rule(dots=99, seats=9, options=("A",)), MANY),
        (Rule(threshold=Fraction(1)), MANY),
        (EACH, MANY),
        (EACH, NO_FAMILIES),
        (replace(EACH, secrecy=Secrecy.OPEN), FEW_FAMILIES),
        (replace(APPROVAL, parity=Parity.EQUAL_WEIGHTS, seats=2), MANY),
        (Rule(DecisionMethod.DOTS, ABC, dots=MOST_DOTS), MANY),
        (Rule(DecisionMethod.IRV, tuple("ABCDEFGHIJKLMNOPQRST")), MANY),
        (Rule(quorum=Quorum(number=24)), MANY),
        (Rule(secrecy=Secrecy.SEALED), {Role.USER: 3}),
        (Rule(secrecy=Secrecy.OPEN), TWO),
        (Rule(quorum=Quorum(Fraction(1, 2), each_role=True)), MANY),
        (Rule(quorum=Quorum(each_role=True), secrecy=Secrecy.OPEN), FEW_FAMILIES),
        (replace(APPROVAL, threshold=Fraction(0)), MANY),
    ],
)
def test_what_fits_is_left_as_it_is(rule, electorate):
    assert misfits(rule, electorate) == ()
    assert instead(rule, electorate) == rule


@pytest.mark.parametrize(
    ("rule", "electorate", "misfit", "nearest"),
    [
        (Rule(), FOUR, Misfit.TOO_FEW_FOR_SECRET, {"secrecy": Secrecy.SEALED}),
        (Rule(), TWO, Misfit.ONLY_OPEN, {"secrecy": Secrecy.OPEN}),
        (Rule(secrecy=Secrecy.SEALED), TWO, Misfit.ONLY_OPEN, {"secrecy": Secrecy.OPEN}),
        (
            Rule(quorum=Quorum(Fraction(1, 2), each_role=True)),
            FEW_FAMILIES,
            Misfit.ROLE_TOO_SMALL,
            {"quorum": Quorum(Fraction(1, 2))},
        ),
        (EACH, USERS, Misfit.ONE_ROLE, {"parity": Parity.NONE}),
        (EACH, FEW_FAMILIES, Misfit.ROLE_TOO_SMALL, {"parity": Parity.NONE}),
        (EQUAL, FEW_FAMILIES, Misfit.ROLE_TOO_SMALL, {"parity": Parity.NONE}),
        (
            replace(EACH, secrecy=Secrecy.SEALED),
            FEW_FAMILIES,
            Misfit.ROLE_TOO_SMALL,
            {"parity": Parity.NONE},
        ),
        (
            replace(APPROVAL, parity=Parity.EACH_ROLE),
            MANY,
            Misfit.NO_ROLE_RULE,
            {"parity": Parity.EQUAL_WEIGHTS},
        ),
        (
            replace(EACH, method=DecisionMethod.CONSENT),
            MANY,
            Misfit.NO_ROLE_RULE,
            {"parity": Parity.NONE},
        ),
        (
            Rule(DecisionMethod.SCHULZE, ABC, parity=Parity.EQUAL_WEIGHTS),
            MANY,
            Misfit.NO_ROLE_RULE,
            {"parity": Parity.NONE},
        ),
        (replace(APPROVAL, options=("A",)), MANY, Misfit.TOO_FEW_OPTIONS, None),
        (replace(APPROVAL, options=()), MANY, Misfit.TOO_FEW_OPTIONS, None),
        (
            replace(APPROVAL, options=tuple(str(number) for number in range(21))),
            MANY,
            Misfit.TOO_MANY_OPTIONS,
            None,
        ),
        (
            replace(APPROVAL, options=("On  Monday", "Later", "on monday ")),
            MANY,
            Misfit.OPTIONS_ALIKE,
            {"options": ("On  Monday", "Later")},
        ),
        (replace(APPROVAL, options=("A", "a")), MANY, Misfit.OPTIONS_ALIKE, None),
        (
            Rule(DecisionMethod.IRV, ABC, seats=2),
            MANY,
            Misfit.ONE_SEAT_ONLY,
            {"method": DecisionMethod.STV_SCOTTISH},
        ),
        (replace(APPROVAL, seats=3), MANY, Misfit.SEATS, {"seats": 2}),
        (replace(APPROVAL, seats=0), MANY, Misfit.SEATS, {"seats": 1}),
        (Rule(DecisionMethod.DOTS, ABC), MANY, Misfit.DOTS, {"dots": 1}),
        (Rule(DecisionMethod.DOTS, ABC, dots=20), MANY, Misfit.DOTS, {"dots": MOST_DOTS}),
        (Rule(threshold=Fraction(1, 3)), MANY, Misfit.THRESHOLD, {"threshold": Fraction(1, 2)}),
        (
            Rule(DecisionMethod.CONSENSUS, threshold=Fraction(9, 8)),
            MANY,
            Misfit.THRESHOLD,
            {"threshold": Fraction(1)},
        ),
        (
            Rule(quorum=Quorum(number=25, each_role=True)),
            MANY,
            Misfit.QUORUM,
            {"quorum": Quorum(number=24, each_role=True)},
        ),
        (
            Rule(quorum=Quorum(Fraction(3, 2))),
            MANY,
            Misfit.QUORUM,
            {"quorum": Quorum(Fraction(1))},
        ),
        (
            Rule(quorum=Quorum(Fraction(-1, 2))),
            MANY,
            Misfit.QUORUM,
            {"quorum": Quorum(Fraction(0))},
        ),
    ],
)
def test_what_does_not_fit_has_a_nearest_rule(rule, electorate, misfit, nearest):
    assert misfit in misfits(rule, electorate)
    expected = None if nearest is None else replace(rule, **nearest)
    assert instead(rule, electorate) == expected


def test_everything_that_does_not_fit_is_said_at_once():
    rule = Rule(
        DecisionMethod.SCHULZE,
        ("A", "A"),
        seats=2,
        parity=Parity.EACH_ROLE,
        quorum=Quorum(number=9),
    )
    assert misfits(rule, FOUR) == (
        Misfit.TOO_FEW_FOR_SECRET,
        Misfit.NO_ROLE_RULE,
        Misfit.ROLE_TOO_SMALL,
        Misfit.OPTIONS_ALIKE,
        Misfit.ONE_SEAT_ONLY,
        Misfit.SEATS,
        Misfit.QUORUM,
    )


RULES = st.builds(
    Rule,
    method=st.sampled_from(DecisionMethod),
    options=st.lists(st.sampled_from("ABCDEFa"), max_size=6).map(tuple),
    seats=st.integers(-1, 6),
    dots=st.integers(-1, 25),
    threshold=st.fractions(-1, 2, max_denominator=9),
    parity=st.sampled_from(Parity),
    secrecy=st.sampled_from(Secrecy),
    quorum=st.builds(
        Quorum,
        share=st.fractions(-1, 2, max_denominator=5),
        number=st.none() | st.integers(-1, 60),
        each_role=st.booleans(),
    ),
)
HEADS = st.dictionaries(st.sampled_from(Role), st.integers(0, 12))


@given(RULES, HEADS)
def test_the_nearest_rule_fits_and_can_be_counted(rule, electorate):
    nearest = instead(rule, electorate)
    found = misfits(rule, electorate)
    if nearest is None:
        assert {Misfit.TOO_FEW_OPTIONS, Misfit.TOO_MANY_OPTIONS, Misfit.OPTIONS_ALIKE} & set(found)
    else:
        assert misfits(nearest, electorate) == ()
        assert (nearest == rule) is (found == ())
        assert decide(nearest, Poll((), electorate, {})).result in ("no_quorum", "no_result")
