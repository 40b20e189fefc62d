"""When an invitation opens the door, and when a second facilitator has to agree to it."""

from __future__ import annotations

from typing import Literal

from assembly.immutable import immutable
from assembly.roles import Role

State = Literal["valid", "expired", "used_up", "unconfirmed", "revoked"]

LIFETIME = 14 * 24 * 3600
"""Seconds for which an invitation is good, and a refusal counts."""


@immutable
class Invitation:
    """What decides whether an invitation is good: times in UTC epoch seconds, uses still left."""

    expires_at: int
    uses_left: int
    needs_confirmation: bool = False
    confirmed: bool = False
    revoked: bool = False


def expires_at(created_at: int) -> int:
    """When an invitation made at `created_at` expires: 14 days later (UTC epoch seconds)."""
    return created_at + LIFETIME


def ask_again_at(declined_at: int) -> int:
    """When somebody may ask to join again who was declined: 14 days later (UTC epoch seconds)."""
    return declined_at + LIFETIME


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


def needs_confirmation(
    role: Role, facilitator_duty: bool, facilitators: int, uses: int = 1
) -> bool:
    """Whether a second facilitator must confirm the invitation before it opens anything.

    Yes for professionals and for the facilitator's duty, which bring influence, and for a link by
    which several come in (`uses`, at least 1): one person could come in by it several times, and
    four of them around a fifth make a secret ballot that is none. All of it where there is another
    facilitator to ask: `facilitators` counts the centre's, the inviting one included, so from 2
    on. Raises ValueError when that is negative, or for less than one use.
    """
    if facilitators < 0:
        raise ValueError(f"a head-count is not negative: {facilitators}")
    if uses < 1:
        raise ValueError(f"an invitation is used at least once: {uses}")
    weighty = role is Role.PROFESSIONAL or facilitator_duty or uses > 1
    return weighty and facilitators >= 2
