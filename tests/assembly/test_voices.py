from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.roles import Role
from assembly.voices import (
    FEWEST_VOICES,
    SMALLEST_GROUP,
    WAITING,
    from_all_groups,
    has_waited,
    is_small,
)

U, F, P = Role.USER, Role.FAMILY, Role.PROFESSIONAL
counts = st.dictionaries(st.sampled_from(list(Role)), st.integers(0, 12))


@pytest.mark.parametrize(
    ("supporters", "members", "said"),
    [
        ({}, {}, False),
        ({U: 4, F: 3, P: 2}, {U: 12, F: 6, P: 6}, True),
        ({U: 2, F: 2, P: 2}, {U: 5, F: 5, P: 5}, True),
        # three voices, one from each: the words would name the role of every single voice
        ({U: 1, F: 1, P: 1}, {U: 12, F: 6, P: 6}, False),
        # the one professional of the centre would stand there by name
        ({U: 7, F: 2, P: 1}, {U: 20, F: 9, P: 1}, False),
        ({U: 7, F: 2, P: 2}, {U: 20, F: 9, P: 4}, False),
        # a role without members is not "all three roles"
        ({U: 5, F: 5}, {U: 10, F: 10}, False),
        ({U: 9, F: 9, P: 0}, {U: 10, F: 10, P: 10}, False),
    ],
)
def test_all_three_groups_are_named_only_where_nobody_stands_out(supporters, members, said):
    assert from_all_groups(supporters, members) is said


@given(counts, counts, st.permutations(list(Role)))
def test_the_groups_are_alike(supporters, members, names):
    swap = dict(zip(Role, names, strict=True))
    swapped = [{swap[role]: n for role, n in group.items()} for group in (supporters, members)]
    assert from_all_groups(*swapped) is from_all_groups(supporters, members)


@given(counts, counts)
def test_the_words_never_hang_on_a_single_voice_of_a_group_or_a_small_group(supporters, members):
    if from_all_groups(supporters, members):
        assert min(supporters[role] for role in Role) >= FEWEST_VOICES > 1
        assert min(members[role] for role in Role) >= SMALLEST_GROUP


@pytest.mark.parametrize(("size", "small"), [(0, True), (1, True), (4, True), (5, False)])
def test_a_role_is_small_below_five(size, small):
    assert is_small(P, {U: 20, P: size}) is small


def test_a_role_that_is_missing_is_small():
    assert is_small(F, {U: 20})


@pytest.mark.parametrize(("age", "waited"), [(0, False), (WAITING, False), (WAITING + 1, True)])
def test_a_proposal_has_waited_after_thirty_days(age, waited):
    assert has_waited(1_000_000, 1_000_000 + age) is waited
