from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.collected import CollectedBallots, Group
from assembly.outcome import Turnout
from assembly.quorum import needed, turnout
from assembly.roles import Role
from assembly.rule import Quorum, QuorumOf


@pytest.mark.parametrize(
    ("quorum", "electorate", "expected"),
    [
        (Fraction(1, 3), 41, 14),
        (Fraction(1, 3), 42, 14),
        (Fraction(1, 3), 43, 15),
        (Fraction(1, 2), 5, 3),
        (Fraction(1, 10), 1, 1),
        (Fraction(0), 41, 0),
        (Fraction(1), 41, 41),
        (Fraction(1, 2), 0, 0),
        # a float would say 0.07 * 100 = 7.000000000000001 and so 8
        (Fraction(7, 100), 100, 7),
    ],
)
def test_the_share_is_rounded_up(quorum, electorate, expected):
    assert needed(quorum, electorate) == expected


@given(st.fractions(0, 1), st.integers(0, 10_000))
def test_needed_is_the_least_number_that_reaches_the_share(quorum, electorate):
    least = needed(quorum, electorate)
    assert 0 <= least <= electorate
    assert least >= quorum * electorate
    assert least == 0 or least - 1 < quorum * electorate


@pytest.mark.parametrize("quorum", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_quorum_that_is_no_share_is_refused(quorum):
    with pytest.raises(ValueError, match="share"):
        needed(quorum, 10)


def test_a_negative_electorate_is_refused():
    with pytest.raises(ValueError, match="head-count"):
        needed(Fraction(1, 2), -1)


def group(cast: int, entitled: int, present: int | None = None) -> Group:
    return Group({}, cast, entitled, present)


THREE_ROLES = {
    Role.USER: group(6, 20, 8),
    Role.FAMILY: group(2, 5, 2),
    Role.PROFESSIONAL: group(1, 4, 4),
}
GATHERED = CollectedBallots(Group({}, 9, 29, 14, hall=3), THREE_ROLES)


@pytest.mark.parametrize(
    ("quorum", "expected", "each_role"),
    [
        (Quorum(), 0, None),
        (Quorum(Fraction(1, 3)), 10, None),
        (Quorum(number=7), 7, None),
        (Quorum(Fraction(1), number=7), 7, None),
        (Quorum(Fraction(1, 2), of=QuorumOf.PRESENT), 7, None),
        (Quorum(Fraction(1, 4), each_role=True), 8, True),
        (Quorum(Fraction(1, 3), each_role=True), 10, False),  # one of four is no third
        (Quorum(Fraction(1, 4), of=QuorumOf.PRESENT, each_role=True), 4, True),
        (Quorum(Fraction(1, 2), of=QuorumOf.PRESENT, each_role=True), 7, False),
        (Quorum(number=1, each_role=True), 1, True),
        (Quorum(number=2, each_role=True), 2, False),
    ],
)
def test_what_a_quorum_asks_for(quorum, expected, each_role):
    assert turnout(quorum, GATHERED) == Turnout(9, 3, 29, 14, expected, each_role)


def test_of_a_small_role_no_more_is_asked_than_all():
    small = CollectedBallots(group(9, 9), {Role.USER: group(7, 7), Role.FAMILY: group(2, 2)})
    assert turnout(Quorum(number=5, each_role=True), small).each_role is True


def test_a_quorum_below_zero_ballots_is_refused():
    with pytest.raises(ValueError, match="number of ballots"):
        turnout(Quorum(number=-1), GATHERED)


def test_a_quorum_of_those_present_needs_to_know_them():
    with pytest.raises(ValueError, match="nobody counted them"):
        turnout(Quorum(Fraction(1, 2), of=QuorumOf.PRESENT), CollectedBallots(group(1, 2), {}))


@given(st.fractions(0, 1), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3))
def test_a_share_reached_in_each_role_is_reached_on_the_whole(share, heads):
    roles = {
        role: group(cast, cast + silent)
        for role, (cast, silent) in zip(Role, heads, strict=False)
        if cast + silent
    }
    whole = group(
        sum(role.cast for role in roles.values()), sum(role.entitled for role in roles.values())
    )
    found = turnout(Quorum(share, each_role=True), CollectedBallots(whole, roles))
    assert not found.each_role or found.cast >= found.needed
