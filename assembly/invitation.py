"""When an invitation opens the door, and when a second facilitator has to agree to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assembly.roles import Role

State = Literal["valid", "expired", "used_up", "unconfirmed", "revoked"]

_LIFETIME = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Invitation:
    """What decides whether an invitation is good: times in UTC epoch seconds, uses still left."""

    expires_at: int
    uses_left: int
    needs_confirmation: bool = False
    confirmed: bool = False
    revoked: bool = False


def expires_at(created_at: int) -> int:
    """When an invitation made at `created_at` expires: 14 days later (UTC epoch seconds)."""
    return created_at + _LIFETIME


def ask_again_at(declined_at: int) -> int:
    """When somebody may ask to join again who was declined: 14 days later (UTC epoch seconds)."""
    return declined_at + _LIFETIME


def state(invitation: Invitation, now: int) -> State:
    """What an invitation is good for at `now` (UTC epoch seconds).

    Where several things stand in its way, the one that can least be mended is named: "revoked",
    "expired" (from the second it expires), "used_up", then "unconfirmed". Raises nothing.
    """
    if invitation.revoked:
        return "revoked"
    if now >= invitation.expires_at:
        return "expired"
    if invitation.uses_left <= 0:
        return "used_up"
    if invitation.needs_confirmation and not invitation.confirmed:
        return "unconfirmed"
    return "valid"


def needs_confirmation(role: Role, facilitator_duty: bool, facilitators: int) -> bool:
    """Whether a second facilitator must confirm the invitation before it opens anything.

    Yes for professionals and for the facilitator's duty, which bring influence, where there is
    another facilitator to ask: `facilitators` counts the centre's, the inviting one included, so
    from 2 on. Raises ValueError when it is negative.
    """
    if facilitators < 0:
        raise ValueError(f"a head-count is not negative: {facilitators}")
    return (role is Role.PROFESSIONAL or facilitator_duty) and facilitators >= 2
