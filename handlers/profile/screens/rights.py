"""Screens of what a member can ask of what is held about them."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.retention import PERIODS, Choice, Kept, answers_days, days
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.retention import span, told
from handlers.core.speech import Speech
from handlers.profile.presses import Erase, KeepAnswers, MyCopy, MyPeriods, MyRights
from handlers.profile.screens.me import back


def rights(speak: Speech, centre_id: int) -> Screen:
    """The doors, each in a few words."""
    return Screen(
        lines(
            speak("<b>Your rights</b>"),
            speak("What Voci holds about you is yours to read, to take along and to erase."),
            speak("Nothing at the centre depends on what you choose here."),
        ),
        column(
            Button(str(speak("Give me a copy")), MyCopy(centre_id)),
            Button(str(speak("For how long it is kept")), MyPeriods(centre_id)),
            Button(str(speak("Erase everything")), Erase(centre_id, 0)),
            back(speak, centre_id),
        ),
    )


def periods(
    speak: Speech, centre_id: int, chosen: Mapping[Kept, Choice], own: int | None, now: int
) -> Screen:
    """For how long the centre keeps things; `own`: the member's own days for their answers."""
    of_centre = days(Kept.ANSWERS, chosen.get(Kept.ANSWERS), now)
    shorter = [each for each in PERIODS[Kept.ANSWERS].choices if each < of_centre]
    buttons = [
        Button(
            str(speak("My answers: {time}", time=span(speak, each))), KeepAnswers(centre_id, each)
        )
        for each in shorter
        if each != own
    ]
    if own is not None:
        as_centre = speak("My answers: as long as the centre")
        buttons.append(Button(str(as_centre), KeepAnswers(centre_id, 0)))
    mine = speak(
        "<b>Your answers: {time}.</b> What is older is erased every night.",
        time=span(speak, answers_days(of_centre, own)),
    )
    return Screen(
        paragraphs(
            speak("<b>For how long Voci keeps things here</b>"),
            lines(*(told(speak, kept, chosen.get(kept), now) for kept in Kept)),
            mine,
        ),
        column(*buttons, Button(str(speak("Back")), MyRights(centre_id))),
    )
