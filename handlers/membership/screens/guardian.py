"""Screens about whoever is too young to agree alone: the paper, and that it is there."""

from __future__ import annotations

from handlers.core.navigation import ShowCentre
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.membership.presses import JoinNot, JoinShow, Step
from storage.centres import Centre
from storage.joinings import Joining


def paper_needed(speak: Speech, joining: Joining, until: int) -> Screen:
    """To whoever is younger: what is needed, and the code that brings paper and person together."""
    return Screen(
        paragraphs(
            speak("<b>Somebody who looks after you has to say yes too.</b>"),
            lines(
                speak("Ask at the centre for the paper, and have them sign it."),
                speak("Write this on it: <code>{code}</code>", code=joining.guardian_code),
                speak("Then give it to those who facilitate, until {day}.", day=speak.day(until)),
            ),
            speak("As soon as they have it, you can go on here. I don’t keep how old you are."),
        ),
        column(Button(speak("Not now").unescape(), JoinNot(joining.centre_id))),
    )


def paper_is_there(speak: Speech, joining: Joining) -> Screen:
    """To the young person: the way in goes on."""
    return Screen(
        speak(
            "{centre}: the paper is there. You can go on.",
            centre=joining.centre_name,
        ),
        column(
            Button(speak("Go on").unescape(), JoinShow(joining.centre_id, Step.WHO_SEES)),
            Button(speak("Not now").unescape(), JoinNot(joining.centre_id)),
        ),
    )


def ask_code(speak: Speech, centre: Centre) -> Screen:
    """To a facilitator who has the paper in hand."""
    return Screen(
        paragraphs(
            speak("<b>A guardian’s paper</b>"),
            lines(
                speak(
                    "Look whether it is signed, and keep it where you keep such papers: I don’t "
                    "need it."
                ),
                speak("Then write the code that stands on it."),
            ),
        ),
        column(Button(speak("Back").unescape(), ShowCentre(centre.id))),
    )


def unknown_code(speak: Speech, centre_id: int) -> Screen:
    """Nobody waits with that code."""
    return Screen(
        lines(
            speak("Nobody waits with this code: perhaps it is misread, or more than 14 days old."),
            speak("Please write it again."),
        ),
        column(Button(speak("Back").unescape(), ShowCentre(centre_id))),
    )


def noted(speak: Speech, centre_id: int) -> Screen:
    """To the facilitator: done."""
    return Screen(
        speak("It is noted that the paper is there. The young person can go on now."),
        column(Button(speak("Back").unescape(), ShowCentre(centre_id))),
    )
