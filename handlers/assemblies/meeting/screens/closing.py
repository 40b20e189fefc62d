"""Closing an assembly: how each point ends, by name and by page, changeable until it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.endings import Parting, parting
from handlers.assemblies.points import Point
from handlers.assemblies.presses import CloseAssembly, ReviewPoint, ReviewPoints
from handlers.assemblies.screens import endings
from handlers.assemblies.screens.points import PAGE, at_page, in_fives, turns
from handlers.core.navigation import Facilitate, ShowMinutes, ShowSession
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.own_points import as_read
from handlers.core.speech import Speech
from storage.assemblies import Assembly


def review(
    assembly: Assembly,
    points: Sequence[Point],
    page: int,
    running: int,
    speak: Speech,
    *,
    reading: Markup | None = None,
) -> Screen:
    """Asked before closing; pages count from 1, and one that is not there becomes the last.

    `reading`: what can still be disagreed with, if anything.
    """
    page, pages = at_page(page, len(points))
    shown = points[(page - 1) * PAGE : page * PAGE]
    text = paragraphs(
        speak("<b>Close the assembly?</b>"),
        _how(shown, speak) if shown else None,
        reading,
        lines(_counts(points, speak), _goes_on(running, speak), speak("The group gets a summary.")),
    )
    return Screen(text, _buttons(assembly, shown, page, pages, speak))


def change(point: Point, page: int, speak: Speech) -> Screen:
    """One point before closing: how it ends, and what else it could be."""
    item = point.item
    text = lines(
        speak("<b>{number}. {title}</b>", number=item.position, title=as_read(item.title, speak)),
        endings.word(point.ending, speak),
    )
    back = Button(str(speak("Back")), ReviewPoints(item.centre_id, item.assembly_id, page))
    return Screen(text, (*endings.ways(item, point.course, speak, page=page), (back,)))


def closed(assembly: Assembly, parted: Parting, speak: Speech, *, waits: bool) -> Screen:
    """To the facilitator who closed it; `waits`: Voci may not write in the group just now."""
    told = (
        speak("The assembly is closed. The summary is kept, and comes when I may write there.")
        if waits
        else speak("The assembly is closed. The summary is on its way to the group.")
    )
    return Screen(
        paragraphs(told, endings.after(parted, speak)),
        column(
            Button(str(speak("The minutes")), ShowMinutes(assembly.centre_id, assembly.id, 1)),
            Button(str(speak("Back")), Facilitate(assembly.centre_id)),
        ),
    )


def _how(shown: Sequence[Point], speak: Speech) -> Markup:
    each = [
        speak(
            "{number}. {title} · <i>{ending}</i>",
            number=point.item.position,
            title=as_read(point.title, speak),
            ending=endings.word(point.ending, speak),
        )
        for point in shown
    ]
    return lines(speak("This is how the points end. Press a number to change one:"), *each)


def _counts(points: Sequence[Point], speak: Speech) -> Markup | None:
    parted = parting(points)
    if not parted.leaving and not parted.staying:
        return None
    return speak(
        "Off the list: {off}. Still on it: {on}.", off=len(parted.leaving), on=len(parted.staying)
    )


def _goes_on(running: int, speak: Speech) -> Markup | None:
    if not running:
        return None
    return speak.many(
        "One decision is still open: it goes on until its time.",
        "{n} decisions are still open: they go on until their time.",
        running,
    )


def _buttons(
    assembly: Assembly, shown: Sequence[Point], page: int, pages: int, speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    centre_id = assembly.centre_id
    numbers = [
        Button(str(point.item.position), ReviewPoint(centre_id, point.item.id, page))
        for point in shown
    ]
    return (
        *in_fives(numbers),
        *turns(page, pages, lambda to: ReviewPoints(centre_id, assembly.id, to), speak),
        (Button(str(speak("Close it")), CloseAssembly(centre_id, assembly.id, sure=True)),),
        (Button(str(speak("Not yet")), ShowSession(centre_id, assembly.id)),),
    )
