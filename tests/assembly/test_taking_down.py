from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.roles import Role
from assembly.taking_down import seconds

U, F, P = Role.USER, Role.FAMILY, Role.PROFESSIONAL


@pytest.mark.parametrize(
    ("facilitators", "author", "found"),
    [
        ({1: U}, None, set()),
        ({1: U, 2: U, 3: U}, None, set()),
        ({1: U, 2: U, 3: F}, None, {3}),
        ({1: U, 2: P, 3: F}, 3, {2}),
        ({1: U, 2: P}, 2, set()),
    ],
)
def test_two_of_different_roles(
    facilitators: dict[int, Role], author: int | None, found: set[int]
) -> None:
    assert seconds(facilitators, 1, U, author) == found


@given(
    st.dictionaries(st.integers(1, 9), st.sampled_from(Role)),
    st.integers(1, 9),
    st.sampled_from(Role),
    st.none() | st.integers(1, 9),
)
def test_never_oneself_nor_the_author_nor_the_same_role(
    facilitators: dict[int, Role], first: int, role: Role, author: int | None
) -> None:
    for member in seconds(facilitators, first, role, author):
        assert member not in (first, author) and facilitators[member] is not role
