from __future__ import annotations

import pytest

from assembly.roles import Role, may_correct


@pytest.mark.parametrize("current", Role)
@pytest.mark.parametrize("wanted", Role)
@pytest.mark.parametrize("confirmer", Role)
def test_whoever_shares_neither_more_nor_less_than_the_old_role_confirms_nothing(
    current: Role, wanted: Role, confirmer: Role
) -> None:
    allowed = wanted is not current and (confirmer is not current or confirmer is wanted)
    assert may_correct(current, wanted, confirmer) is allowed
