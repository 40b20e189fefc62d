"""Taking the name of somebody who is no member out of published minutes."""

from __future__ import annotations

from handlers.assemblies.minutes.presses import TakeNameOut
from handlers.core.navigation import ShowMinutes
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from storage.minutes import Kept


def ask(kept: Kept, speak: Speech) -> Screen:
    """Which name?"""
    return Screen(
        lines(
            speak("Whose name should go? Write it as it stands in the minutes."),
            speak(
                "This is for people who are no members: those are named nowhere once they erase "
                "themselves."
            ),
        ),
        column(_back(kept, speak)),
    )


def no_name(kept: Kept, speak: Speech) -> Screen:
    """What was typed is none."""
    return Screen(
        speak("That is no name. It begins with a capital letter and has up to 40 characters."),
        column(_back(kept, speak)),
    )


def not_there(kept: Kept, name: str, speak: Speech) -> Screen:
    """It stands nowhere, or it is a member's."""
    return Screen(
        lines(
            speak("<b>{name}</b> does not stand there like this.", name=name),
            speak("A member’s name can’t be taken out: it goes when they erase themselves."),
        ),
        column(_back(kept, speak)),
    )


def sure(kept: Kept, name: str, often: int, speak: Speech) -> Screen:
    """Asked once, with what will be lost."""
    out = Button(
        str(speak("Take it out")), TakeNameOut(kept.centre_id, kept.assembly_id, sure=True)
    )
    return Screen(
        lines(
            speak.many(
                "<b>{name}</b> stands there once.",
                "<b>{name}</b> stands there {n} times.",
                often,
                name=name,
            ),
            speak("In its place everybody reads “somebody”, and below that you took a name out."),
            speak("The minutes get a new fingerprint. This can’t be undone."),
        ),
        column(out, _back(kept, speak)),
    )


def _back(kept: Kept, speak: Speech) -> Button:
    back = ShowMinutes(kept.centre_id, kept.assembly_id, 1)
    return Button(str(speak("Leave it as it is")), back)
