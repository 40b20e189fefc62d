"""Convening an assembly, step by step: a day, an hour, a place, a look at it, and out."""

from __future__ import annotations

from datetime import date, datetime, time

from markupsafe import Markup

from assembly.convening import LAST_PAGE
from assembly.recurrence import resolve
from handlers.assemblies.convening_presses import (
    Announce,
    CancelAssembly,
    ChangeAssembly,
    Convene,
    LeaveConvening,
    PickDay,
    PickPlace,
    PickTime,
)
from handlers.assemblies.reordering_presses import ChoosePoint
from handlers.assemblies.timing_presses import PlanTimes
from handlers.core.navigation import Facilitate
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.assemblies import Assembly

_NOON = time(12)


def which_day(
    centre_id: int, assembly: Assembly | None, days: list[date], page: int, speak: Speech
) -> Screen:
    """Two weeks of days; for an assembly that is moved, also "the time stays"."""
    assembly_id = assembly.id if assembly else 0
    buttons = [
        Button(_day_label(day, speak), PickDay(centre_id, assembly_id, day.toordinal()))
        for day in days
    ]
    half = len(buttons) // 2
    rows = list(zip(buttons[:half], buttons[half:], strict=True))
    turn = []
    if page > 0:
        turn.append(Button(str(speak("Earlier")), Convene(centre_id, assembly_id, page - 1)))
    if page < LAST_PAGE:
        turn.append(Button(str(speak("Later")), Convene(centre_id, assembly_id, page + 1)))
    keep: tuple[Button, ...] = ()
    question = speak("On which day does the assembly meet?")
    if assembly is not None:
        stays = speak("The time stays, another place").unescape()
        keep = (Button(stays, PickTime(centre_id, assembly_id, assembly.starts_at)),)
        question = lines(
            speak("Until now: {moment}.", moment=speak.moment(assembly.starts_at)),
            speak("On which day does the assembly meet instead?"),
        )
    question = lines(question, speak("Choose, or write it: 12.12., or next Thursday."))
    back = ChangeAssembly(centre_id, assembly_id) if assembly else Facilitate(centre_id)
    keyboard = (*rows, tuple(turn), keep, (Button(str(speak("Back")), back),))
    return Screen(question, tuple(row for row in keyboard if row))


def which_hour(
    centre_id: int, assembly_id: int, day: date, hours: list[int], speak: Speech
) -> Screen:
    """The hours of a day; any other can be typed."""
    named = _day_label(day, speak)
    buttons = [
        Button(speak.time(moment), PickTime(centre_id, assembly_id, moment)) for moment in hours
    ]
    rows = tuple(tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4))
    text = lines(
        speak("{day}: at what time?", day=named),
        speak("Another time? Write it like this: 16:45"),
    )
    back = Button(str(speak("Back")), Convene(centre_id, assembly_id, 0))
    return Screen(text, (*rows, (back,)))


def not_a_day(centre_id: int, assembly_id: int, speak: Speech) -> Screen:
    """What was typed is no day."""
    return Screen(
        speak("I can’t read a day in that. Write it like this: 12.12., or next Thursday."),
        column(Button(str(speak("Back")), Convene(centre_id, assembly_id, 0))),
    )


def not_a_time(centre_id: int, assembly_id: int, speak: Speech) -> Screen:
    """What was typed is no hour."""
    return Screen(
        speak("I can’t read a time in that. Write it like this: 16:45"),
        column(Button(str(speak("Back")), Convene(centre_id, assembly_id, 0))),
    )


def passed(centre_id: int, assembly_id: int, speak: Speech) -> Screen:
    """The chosen moment is over, or too far away."""
    return Screen(
        speak("An assembly can be convened for a time to come, at most a year ahead."),
        column(Button(str(speak("Another day")), Convene(centre_id, assembly_id, 0))),
    )


def which_place(
    centre_id: int, assembly_id: int, starts_at: int, last: str | None, speak: Speech
) -> Screen:
    """Where: typed, the same as last time, or left open."""
    text = lines(
        speak("{moment}. Where does it meet?", moment=speak.moment(starts_at)),
        speak("Write an address or a link."),
    )
    buttons = []
    if last is not None:
        text = lines(text, speak("Last time: {place}", place=last))
        buttons.append(Button(str(speak("Same as last time")), PickPlace(centre_id, same=True)))
    buttons.append(Button(str(speak("Skip")), PickPlace(centre_id, same=False)))
    buttons.append(Button(str(speak("Back")), Convene(centre_id, assembly_id, 0)))
    return Screen(text, column(*buttons))


def preview(
    centre_id: int,
    before: Assembly | None,
    starts_at: int,
    place: str | None,
    speak: Speech,
    *,
    clash: bool,
    read_at: int | None = None,
) -> Screen:
    """How it will be announced; nothing is out yet. `read_at`: when the group reads of it."""
    what = lines(speak("<b>{moment}</b>", moment=speak.moment(starts_at)), place)
    warning = speak("Another assembly is convened around that time.") if clash else None
    told = speak("Shall I announce it in the group?")
    go = speak("Announce it")
    if read_at is not None:
        told = lines(_read_later(read_at, speak), speak("Shall I announce it then?"))
    assembly_id = 0
    if before is not None:
        assembly_id = before.id
        moved = before.starts_at != starts_at
        told = (
            speak("The group is told, and everybody is asked anew whether they come.")
            if moved
            else speak("The group is told the new place.")
        )
        go = speak("Move it") if moved else speak("Change the place")
        what = lines(
            speak("Until now: {moment}.", moment=speak.moment(before.starts_at)) if moved else None,
            what,
        )
    buttons = column(
        Button(go.unescape(), Announce(centre_id, starts_at)),
        Button(str(speak("Change it")), Convene(centre_id, assembly_id, 0)),
        Button(str(speak("Leave it")), LeaveConvening(centre_id)),
    )
    return Screen(paragraphs(what, warning, told), buttons)


def changes(assembly: Assembly, speak: Speech) -> Screen:
    """What can be changed about a convened assembly."""
    text = lines(speak("<b>{moment}</b>", moment=speak.moment(assembly.starts_at)), assembly.place)
    centre_id = assembly.centre_id
    buttons = column(
        Button(str(speak("Another time or place")), Convene(centre_id, assembly.id, 0)),
        *(
            [
                Button(str(speak("Change the order")), ChoosePoint(centre_id, assembly.id, 0)),
                Button(str(speak("The time of the points")), PlanTimes(centre_id, assembly.id, 0)),
            ]
            if assembly.frozen_at is not None
            else []
        ),
        Button(str(speak("Cancel it")), CancelAssembly(centre_id, assembly.id, sure=False)),
        Button(str(speak("Back")), Facilitate(centre_id)),
    )
    return Screen(text, buttons)


def sure_to_cancel(assembly: Assembly, speak: Speech, reason: str | None = None) -> Screen:
    """Asked once: what it means; the reason as the group will read it, if one is written."""
    asked = speak("Cancel the assembly on {moment}?", moment=speak.moment(assembly.starts_at))
    means = speak("The group is told. All points stay on the list; who is coming is forgotten.")
    if reason is None:
        text = lines(asked, means, speak("Why? Write it in one sentence, or cancel it without."))
    else:
        text = lines(asked, speak("The reason: {reason}", reason=reason), means)
    return Screen(text, _cancel_or_keep(assembly, speak))


def _cancel_or_keep(assembly: Assembly, speak: Speech) -> tuple[tuple[Button, ...], ...]:
    ids = assembly.centre_id, assembly.id
    return column(
        Button(str(speak("Cancel the assembly")), CancelAssembly(*ids, sure=True)),
        Button(str(speak("Keep it")), ChangeAssembly(*ids)),
    )


def announced(
    assembly: Assembly, speak: Speech, *, waits: bool, read_at: int | None = None
) -> Screen:
    """Done; and the way back. `waits`: Voci may not write in the group just now.

    `read_at`: when the group reads of it, where it meets so often that it is not told now.
    """
    moment = speak.moment(assembly.starts_at)
    told = (
        speak("I may not write in the group just now. It is kept, and comes when I may.")
        if waits
        else speak("The group is told now, and reminded before it begins.")
    )
    if read_at is not None:
        told = lines(
            _read_later(read_at, speak),
            speak("You meet so often that one message for each assembly is enough."),
        )
    return Screen(
        lines(
            speak("<b>{moment}</b>", moment=moment),
            assembly.place,
            told,
        ),
        column(Button(str(speak("Back")), Facilitate(assembly.centre_id))),
    )


def _read_later(read_at: int, speak: Speech) -> Markup:
    return speak("The group reads of it on {moment}.", moment=speak.moment(read_at))


def _day_label(day: date, speak: Speech) -> str:
    return speak.button_day(resolve(datetime.combine(day, _NOON), speak.zone))
