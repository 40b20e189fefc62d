"""Screens of giving the facilitator's duty back."""

from __future__ import annotations

from handlers.core.navigation import Facilitate, GiveBack, Invite
from handlers.core.screen import Button, Screen, lines
from handlers.core.screens.home import to_home
from handlers.core.speech import Speech
from storage.centres import Centre


def ask_back(speak: Speech, centre: Centre, until: int | None, now: int, *, last: bool) -> Screen:
    """Before it ends; `last`: nobody else facilitates. `until` (UTC epoch seconds) or no end."""
    screen = Screen(
        lines(
            speak("<b>Stop facilitating in {centre}?</b>", centre=centre.name),
            speak("Otherwise you facilitate until {day}.", day=speak.date(until))
            if until is not None
            else None,
            speak("You stay a member, and what you put forward stays as it is."),
            speak("<b>Nobody would be left to facilitate.</b>") if last else None,
        )
    )
    if last:
        name = Button(speak("Invite a facilitator first").unescape(), Invite(centre.id))
        screen = screen.with_row(name)
    return screen.with_row(
        Button(speak("Stop facilitating").unescape(), GiveBack(centre.id, now)),
        Button(speak("Keep it").unescape(), Facilitate(centre.id)),
    )


def given_back(speak: Speech, centre: Centre) -> Screen:
    """It is done."""
    text = speak("You don’t facilitate in {centre} any more. Thank you.", centre=centre.name)
    return Screen(text, ((to_home(speak, centre.id),),))
