"""How a point ends, in words and buttons: the same at the point, at closing, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.endings import Course, Ending, Line, Parting, offered
from handlers.assemblies.presses import EndPoint, ReopenPoint
from handlers.core.screen import Button, lines, paragraphs
from handlers.core.screens.room import as_many_as_fit
from handlers.core.speech import Speech, later
from storage.points import AgendaItem

_ROOM = 900  # units of a message's 4,096 for the points that leave, and for those that stay

WORDS = {
    Ending.DECIDED: later("decided"),
    Ending.AGREED: later("agreed without a ballot"),
    Ending.TALKED: later("talked about"),
    Ending.GOES_ON: later("goes on next time"),
    Ending.TAKEN_BACK: later("taken back"),
    Ending.MERGED: later("put together with another proposal"),
    Ending.TAKEN_DOWN: later("taken off the list by two facilitators"),
    Ending.NOT_REACHED: later("not reached"),
}
BUTTONS = {
    Ending.DECIDED: later("Decided"),
    Ending.AGREED: later("Agreed without a ballot"),
    Ending.TALKED: later("Talked about"),
    Ending.GOES_ON: later("Goes on next time"),
    Ending.TAKEN_BACK: later("Taken back"),
    Ending.MERGED: later("Put together"),
    Ending.TAKEN_DOWN: later("Taken down"),
    Ending.NOT_REACHED: later("Not reached"),
}
_STATES = {
    Ending.DECIDED: later("Decided: it leaves the list when you close the assembly."),
    Ending.AGREED: later("Agreed: it leaves the list when you close the assembly."),
    Ending.TALKED: later("Talked about: it leaves the list when you close the assembly."),
    Ending.GOES_ON: later("Goes on next time: it stays on the list."),
    Ending.TAKEN_BACK: later("Taken back: whoever proposed it is asked to take it off the list."),
    Ending.MERGED: later("It was put together with another one."),
    Ending.TAKEN_DOWN: later("Two facilitators took it down."),
    Ending.NOT_REACHED: later("Not reached: it stays on the list."),
}


def word(ending: Ending, speak: Speech) -> Markup:
    """Behind a point's title: how it ended."""
    return speak(WORDS[ending])


def heading(number: int, title: str, speak: Speech, *, now: bool) -> Markup:
    """A point in a list; `now`: the assembly is at it."""
    if now:
        return speak("<b>{number}. {title}</b> (now)", number=number, title=title)
    return speak("{number}. {title}", number=number, title=title)


def waits(since: int | None, speak: Speech) -> Markup | None:
    """Of a point that stood on an agenda before: since when."""
    return speak("waiting since {day}", day=speak.short_day(since)) if since is not None else None


def state(item: AgendaItem, course: Course, speak: Speech) -> Markup | None:
    """What was said of the point, and what that means; a hint where its ballot says it."""
    if item.ending is None:
        hint = speak("It was decided: press <i>Decided</i> if the point ends with that.")
        return hint if course.decided else None
    if item.is_listed:
        return speak(_STATES[item.ending])
    return Markup("{}.").format(speak(BUTTONS[item.ending]))


def ways(
    item: AgendaItem, course: Course, speak: Speech, *, page: int = 0
) -> list[tuple[Button, ...]]:
    """The buttons by which it ends, two a row; once it has, the one that opens it again."""
    return [
        *first_ways(item, course, speak, page=page),
        *other_ways(item, course, speak, page=page),
    ]


def first_ways(
    item: AgendaItem, course: Course, speak: Speech, *, page: int = 0
) -> list[tuple[Button, ...]]:
    """The row of the two that are most likely; once it has ended, what opens it again."""
    if item.ending is not None:
        again = ReopenPoint(item.centre_id, item.id, page, item.ending)
        return [(Button(str(speak("It has not ended yet")), again),)]
    return _row(item, offered(course)[:2], speak, page)


def other_ways(
    item: AgendaItem, course: Course, speak: Speech, *, page: int = 0
) -> list[tuple[Button, ...]]:
    """The row of the others, if there are any."""
    return _row(item, () if item.ending is not None else offered(course)[2:], speak, page)


def _row(
    item: AgendaItem, found: Sequence[Ending], speak: Speech, page: int
) -> list[tuple[Button, ...]]:
    row = tuple(
        Button(str(speak(BUTTONS[each])), EndPoint(item.centre_id, item.id, page, each))
        for each in found
    )
    return [row] if row else []


def after(parted: Parting, speak: Speech) -> Markup | None:
    """Once the assembly is closed: what is off the list and what is still on it, by name."""
    left = paragraphs(
        _named(speak("Off the list now:"), parted.leaving, speak),
        _named(speak("Still on the list for next time:"), parted.staying, speak),
    )
    return left or None


def _named(heading: Markup, points: tuple[Line, ...], speak: Speech) -> Markup | None:
    if not points:
        return None
    told = [
        speak("• {title} · {ending}", title=title, ending=word(ending, speak))
        for title, ending in points
    ]
    return lines(heading, *as_many_as_fit(told, _ROOM, speak))
