"""Giving a point of a fixed agenda another place: what becomes of the places of the others."""

from __future__ import annotations


def place_after(position: int, *, was: int, becomes: int) -> int:
    """Where the point at `position` stands once that at `was` has gone to `becomes`.

    All count from 1. Those between the two places make room, by one; the others stay. Raises
    ValueError where a place is below 1.
    """
    if min(position, was, becomes) < 1:
        raise ValueError("places count from 1")
    if position == was:
        return becomes
    if was < position <= becomes:
        return position - 1
    if becomes <= position < was:
        return position + 1
    return position
