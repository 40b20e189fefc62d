"""How a member takes part: the three groups that are equals in a co-produced centre."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A member has exactly one role. Facilitator is a duty, not a role: any role may hold it."""

    USER = "user"
    FAMILY = "family"
    PROFESSIONAL = "professional"


def may_correct(current: Role, wanted: Role, confirmer: Role) -> bool:
    """Whether a facilitator of the role `confirmer` may confirm that a member's is another one.

    Of another role than the member's present one, so that no group settles alone who leaves it;
    whoever is of the role that is wanted is of another one too. False where nothing changes.
    """
    return wanted is not current and confirmer is not current
