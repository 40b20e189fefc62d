from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.confirming import may_confirm, seconds
from assembly.roles import Role

USER, FAMILY, PROFESSIONAL = Role


@pytest.mark.parametrize(
    ("facilitators", "expected"),
    [
        ({1: USER}, set()),
        ({1: USER, 2: USER}, {2}),
        ({1: USER, 2: USER, 3: FAMILY}, {3}),
        ({1: USER, 2: PROFESSIONAL, 3: FAMILY}, {2, 3}),
        ({2: USER}, {2}),  # the first one facilitates no longer
    ],
)
def test_who_can_be_the_second_one(facilitators: dict[int, Role], expected: set[int]) -> None:
    assert seconds(facilitators, 1, USER) == expected


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(Role)), st.sampled_from(Role))
def test_nobody_is_their_own_second_unless_alone(known: dict[int, Role], role: Role) -> None:
    may = {member for member in range(10) if may_confirm(known, 1, role, member)}
    assert may <= set(known)
    assert bool(may) == bool(known)
    if set(known) - {1}:
        assert 1 not in may
        differing = {member for member in known if member != 1 and known[member] is not role}
        assert may == differing or not differing
