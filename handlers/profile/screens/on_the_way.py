"""Screens of /me for somebody who asked to join, or began to, and is in no centre."""

from __future__ import annotations

from handlers.core.screen import Archive, Button, Screen, column, lines
from handlers.core.speech import Speech
from handlers.profile.presses import ForgetMe, MyCopyOnTheWay


def told(speak: Speech) -> Screen:
    """What is held about them, and what they can do about it."""
    return Screen(
        lines(
            speak("You take part in no centre yet."),
            speak("I keep that you began to join, or asked to: the name you gave, and your role."),
            speak("To correct it, erase it, and begin or ask again."),
        ),
        column(
            Button(speak("Give me a copy").unescape(), MyCopyOnTheWay()),
            Button(speak("Erase everything").unescape(), ForgetMe()),
        ),
    )


def copy(speak: Speech, everything: Archive) -> Screen:
    """The archive with everything."""
    return Screen(
        lines(
            speak("Here is everything that Voci holds about you."),
            speak("Open the page in it to read it; the other file is for a computer."),
        ),
        column(Button(speak("Erase everything").unescape(), ForgetMe())),
        file=everything,
    )
