"""A draft to be mended: its points, and what somebody found to be otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.shortening import fitting
from handlers.assemblies.minutes.presses import MendMinutes, ShowCorrection, ShowNotes
from handlers.assemblies.screens.points import in_fives, turns
from handlers.core.navigation import ShowMinutes
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech
from storage.minutes import Kept

PAGE = 20
TITLE = 80  # characters of a point's in the list


@immutable
class Point:
    """A point at which something can be written; `title` None: what comes after the last one."""

    item_id: int
    title: str | None
    notes: int


def mend(kept: Kept, points: Sequence[Point], waiting: int, page: int, speak: Speech) -> Screen:
    """A page of its points; `waiting`: how many corrections nobody has dealt with."""
    ids = kept.centre_id, kept.assembly_id
    pages = -(-len(points) // PAGE)
    page = page if 1 <= page <= pages else pages
    shown = list(enumerate(points, start=1))[(page - 1) * PAGE : page * PAGE]
    numbers = [Button(str(number), ShowNotes(*ids, point.item_id, 0)) for number, point in shown]
    rows = [*in_fives(numbers), *turns(page, pages, lambda to: MendMinutes(*ids, to), speak)]
    if waiting:
        label = speak.many("One correction", "{n} corrections", waiting)
        rows.append((Button(str(label), ShowCorrection(*ids, 0)),))
    rows.append((Button(str(speak("Read the minutes")), ShowMinutes(*ids, 1)),))
    text = paragraphs(
        speak("Press a number to write at that point, or to change what is noted there."),
        lines(*(_point(number, each, speak) for number, each in shown)),
    )
    return Screen(text, tuple(rows))


def _point(number: int, point: Point, speak: Speech) -> Markup:
    title = speak("Besides the points") if point.title is None else fitting(point.title, TITLE)
    if not point.notes:
        return Markup("{}. {}").format(number, title)
    return Markup("{}. {} · {}").format(number, title, point.notes)
