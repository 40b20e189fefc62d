from __future__ import annotations

import pytest

from assembly.moving import expires_at, may_confirm
from assembly.roles import Role

USER, FAMILY, PROFESSIONAL = Role.USER, Role.FAMILY, Role.PROFESSIONAL


@pytest.mark.parametrize(
    ("beginner", "confirmer", "others", "may"),
    [
        (USER, USER, [USER], True),
        (USER, USER, [USER, USER], True),
        (USER, FAMILY, [FAMILY], True),
        (USER, USER, [USER, FAMILY], False),
        (USER, FAMILY, [USER, FAMILY], True),
        (PROFESSIONAL, PROFESSIONAL, [PROFESSIONAL, FAMILY, USER], False),
        (PROFESSIONAL, USER, [PROFESSIONAL, FAMILY, USER], True),
    ],
)
def test_the_second_is_from_another_role_where_there_is_one(
    beginner: Role, confirmer: Role, others: list[Role], may: bool
) -> None:
    assert may_confirm(beginner, confirmer, others) is may


def test_nobody_confirms_who_is_none_of_the_others() -> None:
    with pytest.raises(ValueError, match="not who began"):
        may_confirm(USER, USER, [FAMILY])


def test_a_move_waits_for_a_week() -> None:
    assert expires_at(1_000) == 1_000 + 7 * 86_400
