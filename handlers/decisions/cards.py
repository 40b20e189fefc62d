"""The names of messages in private about a question, by which they lose their buttons in time."""

from __future__ import annotations

from storage.messages import CARD


def to_check(decision_id: int) -> str:
    """So begin the names of those that ask facilitators to check the count of the room."""
    return f"{CARD}hall:{decision_id}:"
