from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.agenda import Standing, order, weight
from assembly.roles import Role

U, F, P = Role.USER, Role.FAMILY, Role.PROFESSIONAL


@st.composite
def support(draw: st.DrawFn) -> tuple[dict[Role, int], dict[Role, int]]:
    members = {role: draw(st.integers(0, 300)) for role in Role}
    supporters = {role: draw(st.integers(0, members[role])) for role in Role}
    return supporters, members


@pytest.mark.parametrize(
    ("supporters", "members", "expected"),
    [
        ({}, {}, Fraction(0)),
        ({}, {U: 10, F: 3, P: 5}, Fraction(0)),
        ({U: 10, F: 3, P: 5}, {U: 10, F: 3, P: 5}, Fraction(1)),
        ({U: 5}, {U: 10, F: 3, P: 5}, Fraction(1, 6)),
        ({F: 1, P: 1}, {U: 10, F: 3, P: 5}, Fraction(8, 45)),
        # one professional of two weighs as much as twenty users of forty
        ({U: 20}, {U: 40, F: 4, P: 2}, Fraction(1, 6)),
        ({P: 1}, {U: 40, F: 4, P: 2}, Fraction(1, 6)),
        # a role without members is left out of the mean, not counted as zero
        ({U: 3}, {U: 3, P: 3}, Fraction(1, 2)),
        ({U: 1}, {U: 2}, Fraction(1, 2)),
    ],
)
def test_weight_is_the_mean_share_of_the_roles_present(supporters, members, expected):
    assert weight(supporters, members) == expected


@pytest.mark.parametrize(
    ("supporters", "members"),
    [({U: 2}, {U: 1}), ({F: 1}, {U: 9}), ({U: -1}, {U: 3}), ({}, {P: -1})],
)
def test_impossible_counts_are_refused(supporters, members):
    with pytest.raises(ValueError, match="supporters among"):
        weight(supporters, members)


@given(support())
def test_weight_lies_between_0_and_1(counts):
    assert 0 <= weight(*counts) <= 1


@given(support())
def test_no_role_is_special(counts):
    supporters, members = counts
    weights = {
        weight(
            {new: supporters[old] for old, new in zip(Role, names, strict=True)},
            {new: members[old] for old, new in zip(Role, names, strict=True)},
        )
        for names in permutations(Role)
    }
    assert len(weights) == 1


@given(support(), st.sampled_from(Role), st.integers(2, 9))
def test_a_larger_role_with_the_same_share_changes_nothing(counts, role, times):
    supporters, members = counts
    larger = weight(
        supporters | {role: supporters[role] * times}, members | {role: members[role] * times}
    )
    assert larger == weight(supporters, members)


@given(support(), st.sampled_from(Role))
def test_one_more_supporter_always_weighs_more(counts, role):
    supporters, members = counts
    grown = members | {role: members[role] + 1}
    assert weight(supporters | {role: supporters[role] + 1}, grown) > weight(supporters, grown)


def test_order_is_by_weight_then_age_then_id():
    heavy = Standing(9, 500, Fraction(2, 3))
    older, younger = Standing(8, 100, Fraction(1, 3)), Standing(2, 200, Fraction(1, 3))
    first_id, second_id = Standing(3, 300, Fraction(1, 7)), Standing(4, 300, Fraction(1, 7))
    expected = [heavy, older, younger, first_id, second_id]
    for shuffled in permutations(expected):
        assert order(shuffled) == expected


def test_order_of_nothing_is_nothing():
    assert order(iter(())) == []


def test_weights_that_floats_would_confuse_stay_apart():
    third = Standing(2, 1, Fraction(1, 3))
    almost = Standing(1, 1, Fraction(1, 3) - Fraction(1, 10**30))
    assert order([almost, third]) == [third, almost]
