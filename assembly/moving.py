"""Moving a centre to another group: two facilitators want it, and whoever runs the bot carries it
out in the new group. Nobody of the three can do it alone: whoever has the group reads what the
assembly reads.
"""

from __future__ import annotations

from collections.abc import Collection

from assembly.roles import Role

OPEN_FOR = 7 * 24 * 3600
"""Seconds for which a move waits: time to meet, too short to be forgotten and found by another."""


def expires_at(begun_at: int) -> int:
    """Until when a move that was begun then can be confirmed and completed (UTC epoch seconds)."""
    return begun_at + OPEN_FOR


def may_confirm(beginner: Role, confirmer: Role, others: Collection[Role]) -> bool:
    """Whether a facilitator of this role may confirm what another facilitator began.

    `others` are the roles of all who hold the duty but the beginner, the confirmer among them.
    Where any of them has another role than the beginner, one of these has to confirm: no role moves
    the centre by itself. Raises ValueError where the confirmer is none of the others.
    """
    if confirmer not in others:
        raise ValueError("who confirms holds the duty, and is not who began")
    return confirmer is not beginner or all(role is beginner for role in others)
