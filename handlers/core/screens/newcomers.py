"""How many have joined lately: a number for each role, and no name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from markupsafe import Markup

from assembly.roles import Role
from handlers.core.screen import lines
from handlers.core.speech import Speech


def joined(heads: Mapping[Role, int], speak: Speech) -> Markup | None:
    """A line for each role of which somebody has joined; nothing where nobody has."""
    told = [_of_role(role, heads[role], speak) for role in Role if heads.get(role)]
    return lines(*told) if told else None


def _of_role(role: Role, number: int, speak: Speech) -> Markup:
    match role:
        case Role.USER:
            return speak.many(
                "One user of the service has joined in the last 7 days.",
                "{n} users of the service have joined in the last 7 days.",
                number,
            )
        case Role.FAMILY:
            return speak.many(
                "One family member has joined in the last 7 days.",
                "{n} family members have joined in the last 7 days.",
                number,
            )
        case Role.PROFESSIONAL:
            return speak.many(
                "One professional has joined in the last 7 days.",
                "{n} professionals have joined in the last 7 days.",
                number,
            )
        case _:
            assert_never(role)
