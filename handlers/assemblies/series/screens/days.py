"""The days of a series: one of them alone, and the pauses in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.series import Occurrence
from handlers.assemblies.convening_presses import ChangeAssembly
from handlers.assemblies.series.presses import (
    ChangeDay,
    PickDayOfSeries,
    PickPause,
    SetMonth,
    SetPause,
    ShowDays,
    ShowPauses,
)
from handlers.assemblies.series.screens import words
from handlers.assemblies.series.screens.posts import named
from handlers.core.navigation import ShowSeries
from handlers.core.press import Press
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.assemblies import Assembly
from storage.series import Series

AUGUST = 8
LAST_PAGE = 30  # of days, from which a pause can begin: more than a year of a weekly series


@immutable
class Day:
    """A day of a series, and its assembly where it is convened already."""

    occurrence: Occurrence
    assembly: Assembly | None


def days(series: Series, coming: Sequence[Day], speak: Speech) -> Screen:
    """Which day is to be changed alone?"""
    buttons = [_day_button(series, each, speak) for each in coming]
    text = lines(
        named(series, speak),
        speak("Which day is different? All the others stay as they are."),
    )
    back = Button(str(speak("Back")), ShowSeries(series.centre_id, series.id))
    return Screen(text, column(*buttons, back))


def _day_button(series: Series, of: Day, speak: Speech) -> Button:
    ids = series.centre_id, series.id
    press = PickDayOfSeries(*ids, of.occurrence.day.toordinal())
    day = words.button_day(of.occurrence.day, speak)
    assembly = of.assembly
    if assembly is None:
        return Button(day, press)
    if assembly.status == "cancelled":
        return Button(speak("{day}: cancelled", day=day).unescape(), press)
    if assembly.starts_at != of.occurrence.starts_at:
        instead = speak.button_day(assembly.starts_at)
        return Button(speak("{day}: on {instead}", day=day, instead=instead).unescape(), press)
    if assembly.place != series.place:
        return Button(speak("{day}: another place", day=day).unescape(), press)
    return Button(speak("{day}: convened", day=day).unescape(), press)


def day(series: Series, of: Day, speak: Speech) -> Screen:
    """What can be changed about this day alone."""
    ids = series.centre_id, series.id
    ordinal = of.occurrence.day.toordinal()
    text: Markup = speak("<b>{moment}</b>", moment=speak.moment(of.occurrence.starts_at))
    back = Button(str(speak("Back")), ShowDays(*ids))
    if of.assembly is not None and of.assembly.status == "cancelled":
        return Screen(lines(text, speak("It does not take place.")), column(back))
    if of.assembly is not None:
        change = ChangeAssembly(series.centre_id, of.assembly.id)
        return Screen(text, column(Button(str(speak("Change it")), change), back))
    return Screen(
        lines(text, speak("What is different on this day? The group is told.")),
        column(
            Button(str(speak("Another time or place")), ChangeDay(*ids, ordinal, cancel=False)),
            Button(str(speak("It does not take place")), ChangeDay(*ids, ordinal, cancel=True)),
            back,
        ),
    )


def pauses(series: Series, today: date, speak: Speech) -> Screen:
    """When it does not meet, and what can be changed about that."""
    ids = series.centre_id, series.id
    ahead = [each for each in series.pauses if each.last >= today]
    told = [words.months_off(series.rhythm, speak), *(words.pause(each, speak) for each in ahead)]
    listed = [each for each in told if each is not None]
    august = words.month(AUGUST, speak)
    off = AUGUST in series.rhythm.months_off
    label = (
        speak("Meet in {month} too", month=august)
        if off
        else speak("Every year not in {month}", month=august)
    )
    buttons = [
        Button(label.unescape(), SetMonth(*ids, AUGUST, not off)),
        Button(str(speak("Another pause")), PickPause(*ids, 0, 0)),
        *(
            Button(
                speak("Meet: {days}", days=words.span(each, speak)).unescape(),
                SetPause(*ids, each.first.toordinal(), each.last.toordinal(), on=False),
            )
            for each in ahead[:6]
        ),
        Button(str(speak("Back")), ShowSeries(*ids)),
    ]
    text = paragraphs(
        named(series, speak),
        lines(*listed) if listed else speak("It meets all year round."),
    )
    return Screen(text, column(*buttons))


def pause(
    series: Series, first: date | None, coming: Sequence[date], page: int, speak: Speech
) -> Screen:
    """From which day on, and then until which: days on which it would meet."""
    ids = series.centre_id, series.id
    if first is None:
        text = speak("From which day on does it not meet?")
        presses: list[Press] = [PickPause(*ids, each.toordinal(), 0) for each in coming]
    else:
        text = lines(
            speak("From {day} on.", day=words.day(first, speak)),
            speak("Which is the last day on which it does not meet? The group is told."),
        )
        presses = [SetPause(*ids, first.toordinal(), each.toordinal(), on=True) for each in coming]
    buttons = [
        Button(words.button_day(each, speak), press)
        for each, press in zip(coming, presses, strict=True)
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    ordinal = first.toordinal() if first is not None else 0
    turn = []
    if page > 0:
        turn.append(Button(str(speak("Earlier")), PickPause(*ids, ordinal, page - 1)))
    if page < LAST_PAGE:
        turn.append(Button(str(speak("Later")), PickPause(*ids, ordinal, page + 1)))
    back = Button(str(speak("Back")), ShowPauses(*ids))
    return Screen(text, (*rows, tuple(turn), (back,)))
