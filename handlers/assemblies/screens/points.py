"""The points of an open assembly by page, for whoever leads it: how each ended, the way to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from handlers.assemblies.points import Point
from handlers.assemblies.presses import GoToPoint, ListPoints
from handlers.assemblies.reordering_presses import ChoosePoint
from handlers.assemblies.screens import endings
from handlers.assemblies.timing_presses import PlanTimes
from handlers.core.navigation import ShowSession
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.screens.own_points import as_read
from handlers.core.speech import Speech
from storage.assemblies import Assembly

PAGE = 10  # points with their titles and a button each


def listing(assembly: Assembly, points: Sequence[Point], page: int, speak: Speech) -> Screen:
    """Page 0 is the one with the current point; one that is not there becomes the last."""
    position = assembly.position or 1
    page, pages = at_page(page or -(-position // PAGE), len(points))
    shown = points[(page - 1) * PAGE : page * PAGE]
    ending = [point for point in points if point.ends]
    ended = sum(point.item.ending is not None for point in ending)
    text = paragraphs(
        speak("<b>The points</b>"),
        lines(*(_line(point, position, speak) for point in shown)),
        speak("{ended} of {total} have ended.", ended=ended, total=len(ending)),
    )
    ids = assembly.centre_id, assembly.id
    numbers = [
        Button(str(each.item.position), GoToPoint(assembly.centre_id, each.item.id, position))
        for each in shown
    ]
    rows = [
        *in_fives(numbers),
        *turns(page, pages, lambda to: ListPoints(*ids, to), speak),
        (
            Button(str(speak("Change the order")), ChoosePoint(*ids, 0)),
            Button(str(speak("Time")), PlanTimes(*ids, 0)),
        ),
        (Button(str(speak("Back")), ShowSession(*ids)),),
    ]
    return Screen(text, tuple(rows))


def at_page(page: int, points: int) -> tuple[int, int]:
    """The page that there is nearest to this one, counted from 1, and how many there are."""
    pages = max(1, -(-points // PAGE))
    return min(max(page, 1), pages), pages


def in_fives(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Short buttons, five a row."""
    return [tuple(buttons[first : first + 5]) for first in range(0, len(buttons), 5)]


def turns(
    page: int, pages: int, to: Callable[[int], Press], speak: Speech
) -> list[tuple[Button, ...]]:
    """The row that leads to the pages beside this one; none where there are no others."""
    found = []
    if page > 1:
        found.append(Button(str(speak("Earlier ones")), to(page - 1)))
    if page < pages:
        found.append(Button(str(speak("More")), to(page + 1)))
    return [tuple(found)] if found else []


def _line(point: Point, position: int, speak: Speech) -> Markup:
    item = point.item
    line = endings.heading(
        item.position, as_read(item.title, speak), speak, now=item.position == position
    )
    if item.ending is not None:
        return Markup("{} · <i>{}</i>").format(line, endings.word(item.ending, speak))
    waits = endings.waits(item.waits_since, speak)
    return Markup("{} · {}").format(line, waits) if waits else line
