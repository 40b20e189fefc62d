"""What leaves the list with an assembly and what stays on it, by name."""

from __future__ import annotations

from markupsafe import Markup

from assembly.session import Parting
from handlers.core.screen import lines, paragraphs
from handlers.core.speech import Speech

_ROOM = 900  # units of a message's 4,096 for the titles of either kind


def before(parted: Parting, speak: Speech) -> Markup | None:
    """To whoever is about to close it."""
    return _both(
        _named(speak("Done, so this leaves the list:"), parted.leaving, speak),
        _named(speak("Not done, so this stays on the list for next time:"), parted.staying, speak),
    )


def after(parted: Parting, speak: Speech) -> Markup | None:
    """Once it is closed."""
    return _both(
        _named(speak("Done, and off the list now:"), parted.leaving, speak),
        _named(speak("Still on the list for next time:"), parted.staying, speak),
    )


def _both(leaving: Markup | None, staying: Markup | None) -> Markup | None:
    return paragraphs(leaving, staying) or None


def _named(heading: Markup, titles: tuple[str, ...], speak: Speech) -> Markup | None:
    if not titles:
        return None
    shown, room = [], _ROOM
    for title in titles:
        room -= len(title.encode("utf-16-le")) // 2
        if room < 0:
            break
        shown.append(Markup("• {}").format(title))
    more = len(titles) - len(shown)
    return lines(
        heading, *shown, speak.many("and one more", "and {n} more", more) if more else None
    )
