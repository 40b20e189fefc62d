"""What an assembly talks about, on paper: numbered points, each with its why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from assembly.immutable import immutable
from handlers.assemblies.presses import PrintPoints, ShowPoints
from handlers.core.navigation import ASKING
from handlers.core.printouts.joining import to_join
from handlers.core.printouts.printout import Block, Heading, Print, Words, printout
from handlers.core.screen import DeepLink, Screen, lines
from handlers.core.screens.printed import printed
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.centres import Centre

MOST = 200  # points: more than any assembly gets to


@immutable
class Point:
    """A point as it is read on the wall: without its author, whom paper could not forget.

    `why` in its author's words, None where there is none. `waits_since` (UTC epoch seconds):
    it stood on an agenda before. `withdrawn`: its words were taken back, and only its number stays.
    """

    title: str
    why: str | None = None
    planned_minutes: int | None = None
    waits_since: int | None = None
    withdrawn: bool = False


def agenda(
    assembly: Assembly,
    points: tuple[Point, ...],
    late: tuple[Point, ...],
    centre: Centre,
    speak: Speech,
    link: DeepLink,
) -> Print:
    """The agenda of an assembly; until it is fixed, as it stands now.

    `late`: what came when it had been sent, about which the assembly decides.
    """
    title = _title(assembly, speak).striptags()
    when = f"{speak.date(assembly.starts_at)}, {speak.time(assembly.starts_at)}"
    told: list[Block] = [Words(lines(when, assembly.place))]
    if assembly.frozen_at is None and points:
        told.append(Words(speak("The order can still change, and points can be added.")))
    for number, point in enumerate(points[:MOST], start=1):
        called = speak("taken back") if point.withdrawn else point.title
        told.append(Heading(speak("{number}. {title}", number=number, title=called)))
        told += _said(point, speak)
    if not points:
        told.append(Words(speak("Nothing is on the list yet. What should we talk about?")))
    if len(points) > MOST:
        left = len(points) - MOST
        told.append(Words(speak.many("and one more", "and {n} more", left)))
    if late:
        told.append(Heading(speak("Came later")))
        told.append(Words(speak("The assembly decides whether to take it today.")))
        for point in late[:MOST]:
            told += [Heading(lines(point.title), 2), *_said(point, speak)]
    told.append(to_join(link(f"{ASKING}_{centre.id}"), speak))
    day = speak.local(assembly.starts_at).date().isoformat()
    return Print(f"voci-agenda-{day}", printout(title, tuple(told), centre.name, speak))


def screen(
    press: PrintPoints, assembly: Assembly, wanted: Print, centre: Speech, speak: Speech
) -> Screen:
    """The file, and the way back to the points."""
    other = replace(press, own=not press.own)
    back = ShowPoints(press.centre_id, press.assembly_id)
    return printed(_title(assembly, speak), wanted, other, back, centre, speak)


def _title(assembly: Assembly, speak: Speech) -> Markup:
    moment = speak.moment(assembly.starts_at)
    return speak("<b>What we talk about on {moment}</b>", moment=moment)


def _said(point: Point, speak: Speech) -> list[Block]:
    if point.withdrawn:
        return []
    words = lines(*_why(point, speak))
    return [Words(words)] if words else []


def _why(point: Point, speak: Speech) -> Iterator[str | Markup]:
    if point.why:
        yield point.why
    if point.waits_since is not None:
        day = speak.short_day(point.waits_since)
        yield speak("It has waited since the assembly on {day}.", day=day)
    if point.planned_minutes:
        yield speak.many("One minute.", "{n} minutes.", point.planned_minutes)
