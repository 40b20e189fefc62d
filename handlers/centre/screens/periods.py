"""Screens on which facilitators see and change how long their centre keeps things."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assembly.retention import NOTICE, PERIODS, Choice, Kept
from handlers.centre.presses import ChoosePeriod, ShowPeriods
from handlers.centre.screens.about import back
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.retention import span, told
from handlers.core.speech import Speech, later
from storage.centres import Centre

_BUTTONS = {
    Kept.LEFT: later("Who has left"),
    Kept.ANSWERS: later("Check-ins with their answers"),
    Kept.INVITATIONS: later("Invitations"),
    Kept.REQUESTS: later("Requests to join"),
    Kept.MINUTES: later("Minutes of assemblies"),
    Kept.TASKS: later("Who did a task"),
    Kept.NAMES: later("Who proposed or supported"),
    Kept.AUDIT: later("What was done, and by whom"),
    Kept.MESSAGES: later("Where old messages stand"),
    Kept.DRAFTS: later("What is half-written"),
}


def periods(speak: Speech, centre_id: int, chosen: Mapping[Kept, Choice], now: int) -> Screen:
    """What holds now, one line a thing, and a button to change each."""
    return Screen(
        paragraphs(
            speak("<b>For how long Voci keeps things here</b>"),
            lines(*(told(speak, kept, chosen.get(kept), now) for kept in Kept)),
        ),
        column(
            *(
                Button(str(speak(_BUTTONS[kept])), ChoosePeriod(centre_id, kept, 0))
                for kept in Kept
            ),
            back(speak, centre_id),
        ),
    )


def ask(speak: Speech, centre_id: int, kept: Kept, choice: Choice | None, now: int) -> Screen:
    """For how long should it be kept?"""
    return Screen(
        lines(
            told(speak, kept, choice, now),
            speak("For how long should it be kept?"),
            speak(
                "A change holds from {day} on; the group and the other facilitators read of it.",
                day=speak.date(now + NOTICE),
            ),
            speak("What was kept longer than that is erased then."),
        ),
        column(
            *(
                Button(str(span(speak, each)), ChoosePeriod(centre_id, kept, each))
                for each in PERIODS[kept].choices
            ),
            Button(str(speak("Back")), ShowPeriods(centre_id)),
        ),
    )


def changed(speak: Speech, kept: Kept, choice: Choice) -> Screen:
    """To the group, which it concerns."""
    return Screen(
        lines(
            speak("<b>For how long Voci keeps things here</b>"),
            _changed(speak, kept, choice),
            speak("Your own copy: write /me to me in private."),
        ),
        public=True,
    )


def changed_by(speak: Speech, centre: Centre, who: Markup, kept: Kept, choice: Choice) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} has changed for how long Voci keeps things.", person=who),
            _changed(speak, kept, choice),
        )
    )


def _changed(speak: Speech, kept: Kept, choice: Choice) -> Markup:
    return told(speak, kept, choice, choice.holds_from - 1)
