"""The facilitator's duty is held for a term, so that one that is forgotten ends by itself."""

from __future__ import annotations

TERM = 365 * 86_400  # seconds


def ends_at(taken_at: int) -> int:
    """When a duty that is taken on at `taken_at` ends: 365 days later (UTC epoch seconds)."""
    return taken_at + TERM
