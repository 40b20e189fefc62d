"""Something is half-written, and another conversation would take its place."""

from __future__ import annotations

from markupsafe import Markup

from handlers.core.names import shortened
from handlers.core.navigation import GoOnWriting, Instead
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech

_QUOTED = 200  # characters, enough to know it again


def half_written(speak: Speech, words: str | None, then: Instead) -> Screen:
    """`words`: how it begins; None where it is about another centre, and can't be read here."""
    return Screen(
        lines(
            speak("You have begun this, and it is not sent yet:")
            if words
            else speak("You have begun something else, and it is not sent yet."),
            Markup("<b>{}</b>").format(shortened(words, _QUOTED)) if words else None,
            speak("If you begin something new now, it is let go."),
        ),
        column(
            Button(str(speak("Go on with it")), GoOnWriting()),
            Button(str(speak("Let it go")), then),
        ),
    )
