"""The time of the points against that of the assembly, and the sign that a time is over."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.timing import LENGTHS, POINTS, over_at, total
from handlers.assemblies.convening_presses import ChangeAssembly
from handlers.assemblies.presses import ListPoints
from handlers.assemblies.screens.points import PAGE, at_page, in_fives, turns
from handlers.assemblies.timing_presses import (
    MoreTime,
    PlanTime,
    PlanTimes,
    SetLength,
    SetTime,
)
from handlers.core.navigation import ShowSession
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.screens.own_points import as_read
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.points import AgendaItem


def times(assembly: Assembly, items: Sequence[AgendaItem], page: int, speak: Speech) -> Screen:
    """The points by page with their minutes; a number leads to each."""
    page, pages = at_page(page or -(-(assembly.position or 1) // PAGE), len(items))
    shown = items[(page - 1) * PAGE : page * PAGE]
    text = paragraphs(
        Markup("<b>{}</b>").format(speak("The time of the points")),
        lines(*(_line(each, speak) for each in shown)),
        against(assembly, items, speak),
    )
    ids = assembly.centre_id, assembly.id
    numbers = [Button(str(i.position), PlanTime(i.centre_id, i.id, page)) for i in shown]
    rows = (
        *in_fives(numbers),
        *turns(page, pages, lambda to: PlanTimes(*ids, to), speak),
        (Button(str(speak("How long the assembly takes")), SetLength(*ids, 0)),),
        (_back(assembly, speak),),
    )
    return Screen(text, rows)


def time(
    assembly: Assembly, item: AgendaItem, items: Sequence[AgendaItem], page: int, speak: Speech
) -> Screen:
    """How long shall this point take?"""
    text = paragraphs(
        lines(
            speak(
                "<b>{number}. {title}</b>", number=item.position, title=as_read(item.title, speak)
            ),
            speak("How many minutes should it take?"),
        ),
        against(assembly, items, speak),
    )
    numbers = [
        Button(f"✓ {n}" if n == item.planned_minutes else str(n), _set(item, page, n))
        for n in POINTS
    ]
    rows = [*in_fives(numbers), (Button(str(speak("No time")), _set(item, page, 0)),)]
    if page:
        back = Button(str(speak("Back")), PlanTimes(item.centre_id, item.assembly_id, page))
    else:
        back = Button(str(speak("Back")), ShowSession(item.centre_id, item.assembly_id))
    return Screen(text, (*rows, (back,)))


def length(assembly: Assembly, items: Sequence[AgendaItem], speak: Speech) -> Screen:
    """How long shall the whole assembly take?"""
    ids = assembly.centre_id, assembly.id
    numbers = [
        Button(f"✓ {n}" if n == assembly.length_minutes else str(n), SetLength(*ids, n))
        for n in LENGTHS
    ]
    text = paragraphs(
        speak("How many minutes should the assembly take?"), against(assembly, items, speak)
    )
    back = Button(str(speak("Back")), PlanTimes(*ids, 0))
    return Screen(text, (*in_fives(numbers), (back,)))


def against(assembly: Assembly, items: Sequence[AgendaItem], speak: Speech) -> Markup:
    """What the points take together, against what the assembly has."""
    sum_ = total(item.planned_minutes for item in items)
    of = assembly.length_minutes
    if of is None:
        together = speak("Together: {n} minutes.", n=sum_.minutes)
    else:
        together = speak("Together: {n} of {of} minutes.", n=sum_.minutes, of=of)
    return lines(
        together,
        speak("That is {n} minutes too much.", n=sum_.minutes - of)
        if of is not None and sum_.minutes > of
        else None,
        speak.many("One point has no time.", "{n} points have no time.", sum_.without)
        if sum_.without
        else None,
    )


def sign(assembly: Assembly, item: AgendaItem, now: int, speak: Speech) -> Markup | None:
    """At the point: until when its time goes, or that it is over."""
    over = over_at(assembly.point_since, item.planned_minutes)
    if over is None:
        return None
    if now >= over:
        return speak("<b>The time for this point is over.</b>")
    return speak("Time for it until {time}.", time=speak.time(over))


def more(
    assembly: Assembly, item: AgendaItem, now: int, speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    """Five minutes more, once its time is over."""
    over = over_at(assembly.point_since, item.planned_minutes)
    if over is None or now < over or item.planned_minutes is None:
        return ()
    longer = MoreTime(item.centre_id, item.id, item.planned_minutes)
    return ((Button(str(speak("+5 minutes")), longer),),)


def _set(item: AgendaItem, page: int, minutes: int) -> SetTime:
    return SetTime(item.centre_id, item.id, page, minutes)


def _line(item: AgendaItem, speak: Speech) -> Markup:
    line = speak("{number}. {title}", number=item.position, title=as_read(item.title, speak))
    if item.planned_minutes is None:
        return line
    return Markup("{} · {}").format(line, speak("{n} minutes", n=item.planned_minutes))


def _back(assembly: Assembly, speak: Speech) -> Button:
    if assembly.status == "open":
        return Button(str(speak("Back")), ListPoints(assembly.centre_id, assembly.id, 0))
    return Button(str(speak("Back")), ChangeAssembly(assembly.centre_id, assembly.id))
