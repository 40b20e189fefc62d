"""Of a long list as much as a message has room for, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from handlers.core.speech import Speech


def as_many_as_fit(told: Sequence[Markup], room: int, speak: Speech) -> list[Markup]:
    """The first of them in `room` UTF-16 units, tags not counted; then "and {n} more", if any."""
    shown = []
    for each in told:
        room -= len(each.striptags().encode("utf-16-le")) // 2 + 1
        if room < 0:
            break
        shown.append(each)
    more = len(told) - len(shown)
    return [*shown, speak.many("and one more", "and {n} more", more)] if more else shown
