"""Screens of leaving and erasing: each asks once, saying what goes and what stays."""

from __future__ import annotations

from handlers.core.navigation import Invite, ShowMe
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from handlers.profile.presses import Erase, Leave, MyCopy
from storage.centres import Centre


def ask_leave(speak: Speech, centre: Centre, now: int, until: int, *, last: bool) -> Screen:
    """Before leaving, the one question: what becomes of their things, kept until `until` or erased
    now (UTC epoch seconds). `last`: nobody else facilitates.
    """
    screen = Screen(
        lines(
            speak("<b>{centre}: leave the assembly in Voci?</b>", centre=centre.name),
            speak("Your place at the centre is untouched. Voci writes to you no more."),
            speak(
                "<b>Keep for a return</b>: with a new invitation you find your things again until "
                "{day}; then they are erased. Your ballots in open questions count.",
                day=speak.date(until),
            ),
            speak(
                "<b>Erase now</b>: everything about you goes at once, those ballots too. This "
                "can’t be undone."
            ),
            _nobody_left(speak) if last else None,
        )
    )
    if last:
        name = Button(speak("Invite a facilitator first").unescape(), Invite(centre.id))
        screen = screen.with_row(name)
    for row in column(
        Button(speak("Leave, and keep for a return").unescape(), Leave(centre.id, now)),
        Button(speak("Leave, and erase now").unescape(), Erase(centre.id, now)),
        Button(speak("Stay").unescape(), ShowMe(centre.id)),
    ):
        screen = screen.with_row(*row)
    return screen


def ask_erase(speak: Speech, centre_id: int, now: int, *, last: bool) -> Screen:
    """Before erasing; `last`: nobody else facilitates."""
    return Screen(
        lines(
            speak("<b>Erase everything about me</b>"),
            speak(
                "Gone at once: your name, your answers, your proposals’ link to you, your choices."
            ),
            speak(
                "What stays, without you in it: published averages, closed decisions, the "
                "proposals’ texts."
            ),
            speak(
                "Your answers in old backups can’t be read any more after 7 days. This can’t "
                "be undone."
            ),
            _nobody_left(speak) if last else None,
        ),
        (
            (
                Button(speak("Erase everything").unescape(), Erase(centre_id, now)),
                Button(speak("Keep it").unescape(), ShowMe(centre_id)),
            ),
            (Button(speak("Give me a copy first").unescape(), MyCopy(centre_id)),),
        ),
    )


def erased(speak: Speech, centre: str) -> Screen:
    """It is done; whoever comes back begins anew."""
    return Screen(
        lines(
            speak("Everything about you in {centre} is erased.", centre=centre),
            speak("What you see in this chat lies with Telegram: you can delete it there."),
        )
    )


def _nobody_left(speak: Speech) -> str:
    return speak("<b>Nobody would be left to facilitate.</b>")
