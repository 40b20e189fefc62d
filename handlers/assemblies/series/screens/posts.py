"""What a group reads of its series, one sentence or two; and the question whether one goes on."""

from __future__ import annotations

from markupsafe import Markup

from assembly.series import Pause
from handlers.assemblies.series.presses import EndSeries, LetGoOn, StopForNow
from handlers.assemblies.series.screens import words
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.series import Series


def begins(series: Series, first: int, speak: Speech) -> Screen:
    """It was set up; `first` is the moment of its first assembly (UTC epoch seconds)."""
    return Screen(
        lines(
            speak("<b>From now on we meet regularly:</b>"),
            named(series, speak),
            series.place,
            speak("The first time: {moment}.", moment=speak.moment(first)),
        ),
        public=True,
    )


def changes(series: Series, first: int, speak: Speech) -> Screen:
    """It is another from its next assembly on."""
    return Screen(
        lines(
            speak("<b>From {day} on we meet like this:</b>", day=speak.day(first)),
            named(series, speak),
            series.place,
        ),
        public=True,
    )


def pauses(series: Series, speak: Speech) -> Screen:
    """Nobody opened the last four."""
    return Screen(
        speak(
            "{series}: the assembly pauses, because nobody opened it four times in a row.",
            series=named(series, speak),
        ),
        public=True,
    )


def stops(series: Series, speak: Speech) -> Screen:
    """A facilitator let it pause."""
    text = speak("{series}: the assembly pauses for now.", series=named(series, speak))
    return Screen(text, public=True)


def resumes(series: Series, following: int, speak: Speech) -> Screen:
    """It goes on after a pause."""
    return Screen(
        speak(
            "{series}: the assembly goes on, the next time on {moment}.",
            series=named(series, speak),
            moment=speak.moment(following),
        ),
        public=True,
    )


def ends(series: Series, speak: Speech) -> Screen:
    """It is over for good."""
    text = speak("{series}: we don’t meet regularly any more.", series=named(series, speak))
    return Screen(text, public=True)


def pause(series: Series, of: Pause, speak: Speech, *, on: bool) -> Screen:
    """A pause is planned, or taken back."""
    head = named(series, speak)
    if not on:
        return Screen(
            lines(head, speak("We meet after all: {days}", days=words.span(of, speak))), public=True
        )
    return Screen(lines(head, words.pause(of, speak)), public=True)


def month(series: Series, number: int, speak: Speech, *, off: bool) -> Screen:
    """It pauses in a month of every year, or no longer."""
    named_month = words.month(number, speak)
    if off:
        said = speak("Every year it pauses in {month}.", month=named_month)
    else:
        said = speak("It does not pause in {month} any more.", month=named_month)
    return Screen(lines(named(series, speak), said), public=True)


def goes_on(series: Series, speak: Speech) -> Screen:
    """To a facilitator, in private: nobody opened the last three."""
    ids = series.centre_id, series.id
    return Screen(
        lines(
            named(series, speak),
            speak("Nobody has opened this assembly three times in a row. Shall it go on?"),
            speak("If the next one is not opened either, it pauses."),
        ),
        column(
            Button(str(speak("It goes on")), LetGoOn(*ids)),
            Button(str(speak("Pause it")), StopForNow(*ids)),
            Button(str(speak("End it")), EndSeries(*ids, sure=False)),
        ),
    )


def named(series: Series, speak: Speech) -> Markup:
    """Its rhythm in bold letters."""
    return Markup("<b>{}</b>").format(words.told(series.rhythm, series.start.time(), speak))
