"""Closing an assembly: what leaves the list with it and what stays on it, by name."""

from __future__ import annotations

from markupsafe import Markup

from assembly.session import Parting
from handlers.assemblies.presses import CloseAssembly
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.assemblies import Assembly

_ROOM = 900  # units of a message's 4,096 for the titles of either kind


def sure_to_close(assembly: Assembly, parted: Parting, running: int, speak: Speech) -> Screen:
    """Asked once: what closing means for each point, by name."""
    goes_on = speak.many(
        "One decision is still open: it goes on until its time.",
        "{n} decisions are still open: they go on until their time.",
        running,
    )
    text = paragraphs(
        speak("Close the assembly?"),
        before(parted, speak),
        lines(goes_on if running else None, speak("The group gets a summary.")),
    )
    centre_id = assembly.centre_id
    buttons = column(
        Button(str(speak("Close it")), CloseAssembly(centre_id, assembly.id, sure=True)),
        Button(str(speak("Not yet")), ShowSession(centre_id, assembly.id)),
    )
    return Screen(text, buttons)


def closed(centre_id: int, parted: Parting, speak: Speech, *, waits: bool) -> Screen:
    """To the facilitator who closed it; `waits`: Voci may not write in the group just now."""
    told = (
        speak("The assembly is closed. The summary is kept, and comes when I may write there.")
        if waits
        else speak("The assembly is closed. The summary is on its way to the group.")
    )
    return Screen(
        paragraphs(told, after(parted, speak)),
        column(Button(str(speak("Back")), Facilitate(centre_id))),
    )


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
