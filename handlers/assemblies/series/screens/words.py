"""A rhythm in words: "Every Thursday at 16:00"."""

from __future__ import annotations

from datetime import date, datetime, time

from markupsafe import Markup

from assembly.recurrence import resolve
from assembly.series import Pause, Rhythm
from handlers.core.speech import Speech

_SUNDAY = 6


def told(rhythm: Rhythm, hour: time, speak: Speech) -> Markup:
    """When it meets, as a line of its own."""
    known = {"weekday": speak.weekday(rhythm.weekday), "time": hour.strftime("%H:%M")}
    if rhythm.nth is not None:
        return _of_the_month(rhythm, speak, known)
    if rhythm.weeks == 1:
        return speak("Every {weekday} at {time}", **known)
    if rhythm.weeks == 2:
        return speak("Every second {weekday} at {time}", **known)
    return speak("Every {n} weeks, {weekday} at {time}", n=rhythm.weeks, **known)


def _of_the_month(rhythm: Rhythm, speak: Speech, known: dict[str, str]) -> Markup:
    """Italian has another word for it on Sundays, so they have sentences of their own."""
    if rhythm.weekday == _SUNDAY:
        sundays = {
            1: speak("The first Sunday of the month at {time}", **known),
            2: speak("The second Sunday of the month at {time}", **known),
            3: speak("The third Sunday of the month at {time}", **known),
            4: speak("The fourth Sunday of the month at {time}", **known),
            -1: speak("The last Sunday of the month at {time}", **known),
        }
        return sundays[rhythm.nth or 1]
    days = {
        1: speak("The first {weekday} of the month at {time}", **known),
        2: speak("The second {weekday} of the month at {time}", **known),
        3: speak("The third {weekday} of the month at {time}", **known),
        4: speak("The fourth {weekday} of the month at {time}", **known),
        -1: speak("The last {weekday} of the month at {time}", **known),
    }
    return days[rhythm.nth or 1]


def on_button(rhythm: Rhythm, hour: time, speak: Speech) -> str:
    """The same, short enough for one line of a phone's button."""
    known = {"weekday": speak.weekday(rhythm.weekday), "time": hour.strftime("%H:%M")}
    if rhythm.nth is not None:
        return _on_button_of_the_month(rhythm, speak, known).unescape()
    if rhythm.weeks == 1:
        return told(rhythm, hour, speak).unescape()
    return speak("Every {n} weeks, {weekday} {time}", n=rhythm.weeks, **known).unescape()


def _on_button_of_the_month(rhythm: Rhythm, speak: Speech, known: dict[str, str]) -> Markup:
    if rhythm.weekday == _SUNDAY:
        sundays = {
            1: speak("First Sunday of the month, {time}", **known),
            2: speak("Second Sunday of the month, {time}", **known),
            3: speak("Third Sunday of the month, {time}", **known),
            4: speak("Fourth Sunday of the month, {time}", **known),
            -1: speak("Last Sunday of the month, {time}", **known),
        }
        return sundays[rhythm.nth or 1]
    days = {
        1: speak("First {weekday} of the month, {time}", **known),
        2: speak("Second {weekday} of the month, {time}", **known),
        3: speak("Third {weekday} of the month, {time}", **known),
        4: speak("Fourth {weekday} of the month, {time}", **known),
        -1: speak("Last {weekday} of the month, {time}", **known),
    }
    return days[rhythm.nth or 1]


def month(number: int, speak: Speech) -> str:
    """`August`; January is 1."""
    return speak.month(_noon(date(2024, number, 15), speak))


def months_off(rhythm: Rhythm, speak: Speech) -> Markup | None:
    """In which months it pauses every year."""
    if not rhythm.months_off:
        return None
    named = ", ".join(month(each, speak) for each in sorted(rhythm.months_off))
    return speak("Not in: {months}", months=named)


def pause(of: Pause, speak: Speech) -> Markup:
    """`24 December to 6 January`."""
    first, last = (speak.short_day(_noon(each, speak)) for each in (of.first, of.last))
    if of.first == of.last:
        return speak("Not on {day}", day=first)
    return speak("Not from {first} to {last}", first=first, last=last)


def span(of: Pause, speak: Speech) -> str:
    """`24 Dec – 6 Jan`, for a narrow button."""
    first, last = (speak.chart_day(_noon(each, speak)) for each in (of.first, of.last))
    return first if first == last else f"{first} – {last}"


def day(of: date, speak: Speech) -> str:
    """`Thursday 3 December`."""
    return speak.day(_noon(of, speak))


def button_day(of: date, speak: Speech) -> str:
    """`Thu 3 Dec`."""
    return speak.button_day(_noon(of, speak))


def minutes(length: int, speak: Speech) -> Markup:
    """`90 minutes`."""
    return speak.many("One minute", "{n} minutes", length)


def _noon(of: date, speak: Speech) -> int:
    return resolve(datetime.combine(of, time(12)), speak.zone)
