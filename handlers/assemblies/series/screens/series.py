"""A series in the facilitators' private chat: seen, and ended."""

from __future__ import annotations

from handlers.assemblies.series.presses import (
    EndSeries,
    LetGoOn,
    ShowDays,
    ShowPauses,
    StopForNow,
)
from handlers.assemblies.series.screens import words
from handlers.assemblies.series.screens.choosing import Chosen
from handlers.core.navigation import Facilitate, ShowSeries
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.series import Series


def one(series: Series, following: int | None, speak: Speech) -> Screen:
    """A series as it is: to change it, one day of it, its pauses, and to end it."""
    ids = series.centre_id, series.id
    hour = series.start.time()
    chosen = Chosen(*ids, series.rhythm, hour.hour * 60 + hour.minute, series.length_minutes)
    state = speak("It pauses. Nothing is convened.") if series.status == "paused" else None
    if following is not None:
        state = speak("The next assembly: {moment}.", moment=speak.moment(following))
    text = lines(
        speak("<b>{series}</b>", series=words.told(series.rhythm, hour, speak)),
        series.place,
        words.minutes(series.length_minutes, speak),
        words.months_off(series.rhythm, speak),
        state,
    )
    goes = (
        Button(str(speak("Let it go on")), LetGoOn(*ids))
        if series.status == "paused"
        else Button(str(speak("Pause it")), StopForNow(*ids))
    )
    return Screen(
        text,
        (
            (Button(str(speak("Change it")), chosen.plan()),),
            (Button(str(speak("Change only one day")), ShowDays(*ids)),),
            (Button(str(speak("When it does not meet")), ShowPauses(*ids)),),
            (goes, Button(str(speak("End it")), EndSeries(*ids, sure=False))),
            (Button(str(speak("Back")), Facilitate(series.centre_id)),),
        ),
    )


def sure_to_end(series: Series, speak: Speech) -> Screen:
    """Asked once: what ending means."""
    ids = series.centre_id, series.id
    text = lines(
        speak("<b>{series}</b>", series=words.told(series.rhythm, series.start.time(), speak)),
        speak("End it? The group is told, and no more assemblies are convened by themselves."),
        speak("What is convened already stays as it is."),
    )
    return Screen(
        text,
        column(
            Button(str(speak("End it")), EndSeries(*ids, sure=True)),
            Button(str(speak("Keep it")), ShowSeries(*ids)),
        ),
    )


def over(centre_id: int, speak: Speech) -> Screen:
    """It has ended."""
    text = speak("It has ended. Nothing is convened by itself any more.")
    return Screen(text, column(Button(str(speak("Back")), Facilitate(centre_id))))
