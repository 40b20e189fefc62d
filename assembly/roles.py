"""How a member takes part: the three groups that are equals in a co-produced centre."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A member has exactly one role. Facilitator is a duty, not a role: any role may hold it."""

    USER = "user"
    FAMILY = "family"
    PROFESSIONAL = "professional"
