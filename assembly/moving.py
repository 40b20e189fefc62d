"""Moving a centre to a new group: two facilitators want it, and the operator carries it out there.

None of the three can do it alone: who has the group reads what the assembly reads.
Who can be the second of the two says assembly/confirming.py.
"""

from __future__ import annotations

OPEN_FOR = 7 * 24 * 3600
"""Seconds for which a move waits: time to meet, too short to be forgotten and found by another."""


def expires_at(begun_at: int) -> int:
    """Until when a move that was begun then can be confirmed and completed (UTC epoch seconds)."""
    return begun_at + OPEN_FOR
