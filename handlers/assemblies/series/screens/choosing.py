"""What of a series is being chosen: when it meets, how long, where; and how it would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from assembly.immutable import immutable
from assembly.series import LENGTHS, NTHS, WEEKS, Rhythm, shape
from handlers.assemblies.series.presses import (
    LeavePlaceOpen,
    Part,
    PickPart,
    PlanSeries,
    SetSeries,
)
from handlers.assemblies.series.screens import words
from handlers.core.navigation import Facilitate, ShowSeries
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech

_HOURS = range(9 * 60, 20 * 60 + 31, 30)  # minutes of the day; any other can be typed
_DAY = 24 * 60


@immutable
class Chosen:
    """What has been chosen of a series so far; `series_id` 0: a new one.

    `minutes` of the day by local clocks; `length` in minutes; `later`: by how many weeks the first
    one is later than it could be.
    """

    centre_id: int
    series_id: int
    rhythm: Rhythm
    minutes: int
    length: int
    later: int = 0

    @property
    def hour(self) -> time:
        """The local time at which it begins."""
        return time(self.minutes // 60, self.minutes % 60)

    def plan(self) -> PlanSeries:
        """The button that shows it like this."""
        return PlanSeries(
            self.centre_id,
            self.series_id,
            shape(self.rhythm),
            self.minutes,
            self.length,
            self.later,
        )

    def pick(self, part: Part) -> PickPart:
        """The button that asks for a part of it."""
        return PickPart(
            self.centre_id, self.series_id, shape(self.rhythm), self.minutes, self.length, part
        )


def offer(
    centre_id: int, suggested: Sequence[tuple[Rhythm, time]], length: int, speak: Speech
) -> Screen:
    """How often does the centre meet? As it did so far, or on another day."""
    made = [
        Chosen(centre_id, 0, rhythm, hour.hour * 60 + hour.minute, length)
        for rhythm, hour in suggested
    ]
    buttons = [Button(words.on_button(each.rhythm, each.hour, speak), each.plan()) for each in made]
    usual = made[0]
    text = lines(
        speak("<b>When do you meet?</b>"),
        speak("I then convene each assembly by myself, the next one when the one before is over."),
    )
    return Screen(
        text,
        column(
            *buttons,
            Button(str(speak("Another day")), usual.pick(Part.DAY)),
            Button(str(speak("Back")), Facilitate(centre_id)),
        ),
    )


def which_day(chosen: Chosen, speak: Speech, *, then_hour: bool) -> Screen:
    """On which day of the week; in a new series the hour comes next."""
    buttons = []
    for weekday in range(7):
        rhythm = Rhythm(weekday, chosen.rhythm.weeks, chosen.rhythm.nth, chosen.rhythm.months_off)
        other = Chosen(chosen.centre_id, chosen.series_id, rhythm, chosen.minutes, chosen.length)
        press = other.pick(Part.HOUR) if then_hour else other.plan()
        buttons.append(Button(speak.weekday(weekday).capitalize(), press))
    rows = [tuple(buttons[start : start + 2]) for start in range(0, 7, 2)]
    back = Button(str(speak("Back")), Facilitate(chosen.centre_id))
    back = back if then_hour else _back(chosen, speak)
    return Screen(speak("On which day of the week?"), (*rows, (back,)))


def which_hour(chosen: Chosen, speak: Speech) -> Screen:
    """At what time; any other can be typed."""
    buttons = [
        Button(f"{minutes // 60:02}:{minutes % 60:02}", replace(chosen, minutes=minutes).plan())
        for minutes in _HOURS
    ]
    rows = [tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4)]
    text = lines(
        speak("{day}: at what time?", day=speak.weekday(chosen.rhythm.weekday).capitalize()),
        speak("Another time? Write it like this: 16:45"),
    )
    return Screen(text, (*rows, (_back(chosen, speak),)))


def not_a_time(chosen: Chosen, speak: Speech) -> Screen:
    """What was typed is no hour."""
    text = speak("I can’t read a time in that. Write it like this: 16:45")
    return Screen(text, column(Button(str(speak("Back")), chosen.pick(Part.HOUR))))


def how_often(chosen: Chosen, speak: Speech) -> Screen:
    """Every so many weeks, or on a certain one of the month."""
    weekday, off = chosen.rhythm.weekday, chosen.rhythm.months_off
    rhythms = [
        *(Rhythm(weekday, weeks, months_off=off) for weeks in WEEKS),
        *(Rhythm(weekday, nth=nth, months_off=off) for nth in NTHS),
    ]
    buttons = [
        Button(
            words.on_button(each, chosen.hour, speak),
            replace(chosen, rhythm=each, later=0).plan(),
        )
        for each in rhythms
    ]
    return Screen(speak("How often do you meet?"), column(*buttons, _back(chosen, speak)))


def how_long(chosen: Chosen, speak: Speech) -> Screen:
    """How long an assembly takes, as planned."""
    buttons = [
        Button(str(words.minutes(length, speak)), replace(chosen, length=length).plan())
        for length in LENGTHS
    ]
    rows = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    return Screen(speak("How long does it take?"), (*rows, (_back(chosen, speak),)))


def which_place(chosen: Chosen, speak: Speech) -> Screen:
    """Where: typed, or left open."""
    open_place = LeavePlaceOpen(
        chosen.centre_id, chosen.series_id, shape(chosen.rhythm), chosen.minutes, chosen.length
    )
    text = lines(speak("Where do you meet?"), speak("Write an address or a link."))
    buttons = column(Button(str(speak("Skip")), open_place), _back(chosen, speak))
    return Screen(text, buttons)


def preview(
    chosen: Chosen,
    place: str | None,
    first: int,
    others: Sequence[int],
    sequence: int,
    speak: Speech,
) -> Screen:
    """As it would be; nothing is out yet. `first` is its first moment (UTC epoch seconds).

    `others`: in how many weeks it could begin instead, where it does not meet every week.
    """
    about = lines(
        speak("<b>{series}</b>", series=words.told(chosen.rhythm, chosen.hour, speak)),
        place,
        words.minutes(chosen.length, speak),
        words.months_off(chosen.rhythm, speak),
        speak("The first time: {moment}.", moment=speak.moment(first)),
    )
    told = (
        speak("The group is told, and I convene each assembly by myself.")
        if chosen.series_id == 0
        else speak("The group is told. What is convened already stays as it is.")
    )
    return Screen(paragraphs(about, told), _ways(chosen, others, sequence, speak))


def _ways(
    chosen: Chosen, others: Sequence[int], sequence: int, speak: Speech
) -> tuple[tuple[Button, ...], ...]:
    """To announce it, to choose otherwise, and to leave it."""
    announce = speak("Announce it") if chosen.series_id == 0 else speak("Announce the change")
    press = SetSeries(
        chosen.centre_id,
        chosen.series_id,
        sequence,
        shape(chosen.rhythm),
        chosen.minutes,
        chosen.length,
        chosen.later,
    )
    later = [
        Button(speak("Begin in another week").unescape(), replace(chosen, later=each).plan())
        for each in others[:1]
    ]
    return (
        (Button(announce.unescape(), press),),
        (
            Button(str(speak("How often")), chosen.pick(Part.OFTEN)),
            Button(str(speak("Day")), chosen.pick(Part.DAY)),
        ),
        (
            Button(str(speak("Hour")), chosen.pick(Part.HOUR)),
            Button(str(speak("How long")), chosen.pick(Part.LENGTH)),
        ),
        (Button(str(speak("Where")), chosen.pick(Part.PLACE)),),
        *((each,) for each in later),
        (Button(str(speak("Leave it")), _left(chosen)),),
    )


def _left(chosen: Chosen) -> Facilitate | ShowSeries:
    if chosen.series_id == 0:
        return Facilitate(chosen.centre_id)
    return ShowSeries(chosen.centre_id, chosen.series_id)


def _back(chosen: Chosen, speak: Speech) -> Button:
    return Button(str(speak("Back")), chosen.plan())
