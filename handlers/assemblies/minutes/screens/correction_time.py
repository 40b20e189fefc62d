"""For how long minutes can be corrected."""

from __future__ import annotations

from markupsafe import Markup

from assembly.correcting import HOURS
from handlers.core.navigation import ChooseCorrectionTime, ShowAssemblySettings
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.centres import Centre

_DAY = 24  # hours


def ask(centre_id: int, hours: int, speak: Speech) -> Screen:
    """What holds, and the other choices."""
    others = [
        Button(str(_days(each, speak)), ChooseCorrectionTime(centre_id, each))
        for each in HOURS
        if each != hours
    ]
    back = Button(str(speak("Back")), ShowAssemblySettings(centre_id))
    return Screen(
        lines(
            speak(
                "After an assembly its minutes can be corrected for: {days}.",
                days=_days(hours, speak),
            ),
            speak("Then they are published. Another time holds from the next assembly on."),
        ),
        column(*others, back),
    )


def changed_by(centre: Centre, who: Markup, hours: int, speak: Speech) -> Screen:
    """To the other facilitators."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{person} has changed for how long minutes can be corrected.", person=who),
            speak(
                "After an assembly its minutes can be corrected for: {days}.",
                days=_days(hours, speak),
            ),
        )
    )


def _days(hours: int, speak: Speech) -> Markup:
    return speak.many("one day", "{n} days", hours // _DAY)
