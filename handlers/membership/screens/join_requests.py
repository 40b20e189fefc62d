"""Screens of asking to join without an invitation, for whoever asks."""

from __future__ import annotations

from assembly.roles import Role
from handlers.core.navigation import AskToJoin
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.membership.presses import (
    AskAs,
    AskName,
    EnterAsked,
    NameChoice,
)
from handlers.membership.screens.join import MINE


def what_this_is(speak: Speech, centre: str, centre_id: int) -> Screen:
    """To whoever follows the link under a post of the group."""
    return Screen(
        paragraphs(
            speak("<b>The assembly of {centre}</b>", centre=centre),
            speak(
                "Users, families and professionals decide here together, each with the same "
                "weight. If you belong to the centre, you can ask to take part."
            ),
        ),
        column(Button(str(speak("Ask to join")), AskToJoin(centre_id))),
    )


def role(speak: Speech, centre_id: int) -> Screen:
    """As what somebody would take part."""
    return Screen(
        speak("How would you take part?"),
        column(
            *(Button(str(speak(label)), AskAs(centre_id, each)) for each, label in MINE.items())
        ),
    )


def name(speak: Speech, centre_id: int, chosen: Role, first_name: str | None) -> Screen:
    """Under which name the question is passed on; facilitators must know whom they welcome."""
    choices = []
    if first_name is not None:
        choices.append(Button(first_name, AskName(centre_id, chosen, NameChoice.FIRST)))
    choices.append(
        Button(str(speak("Another name")), AskName(centre_id, chosen, NameChoice.NICKNAME))
    )
    return Screen(
        lines(
            speak("Which name should the facilitators read?"),
            speak("They see it with your request, and nobody else does."),
        ),
        column(*choices, Button(str(speak("Back")), AskToJoin(centre_id))),
    )


def nickname(speak: Speech, longest: int) -> Screen:
    """The name is typed."""
    return Screen(
        speak("Write the name that the facilitators will read: up to {n} characters.", n=longest)
    )


def passed_on(speak: Speech, centre: str) -> Screen:
    """The question is on its way, or was already."""
    return Screen(
        lines(
            speak("Your request is with the facilitators of {centre}.", centre=centre),
            speak("You will hear from me when one of them has answered."),
        )
    )


def later_again(speak: Speech, centre: str, day: int) -> Screen:
    """It was declined not long ago."""
    return Screen(
        lines(
            speak(
                "{centre}: your request to join the assembly in Voci was declined not long ago.",
                centre=centre,
            ),
            speak("This is about Voci only: your place at the centre is untouched."),
            speak("You can ask again from {day}.", day=speak.day(day)),
        )
    )


def often(speak: Speech, day: int) -> Screen:
    """They have asked several times lately, here or elsewhere."""
    return Screen(
        lines(
            speak("You have asked to take part three times in a month."),
            speak("You can ask again from {day}.", day=speak.day(day)),
        )
    )


def many_today(speak: Speech, centre: str) -> Screen:
    """The centre has been asked so often today that nobody could look at it all."""
    return Screen(
        speak("Today many have asked to join {centre}. Try again tomorrow.", centre=centre)
    )


def nobody_yet(speak: Speech, centre: str) -> Screen:
    """There is no facilitator who could answer."""
    return Screen(
        speak("{centre} has no facilitators yet who could answer. Try again later.", centre=centre)
    )


def welcomed(speak: Speech, centre: str, centre_id: int) -> Screen:
    """To the one who asked."""
    return Screen(
        speak("The facilitators of {centre} welcome you.", centre=centre),
        column(Button(str(speak("Go on")), EnterAsked(centre_id))),
    )


def declined(speak: Speech, centre: str, day: int) -> Screen:
    """To the one who asked, without saying who answered; `day` (UTC epoch seconds): ask again."""
    return Screen(
        lines(
            speak(
                "{centre}: your request to join the assembly in Voci was declined for now.",
                centre=centre,
            ),
            speak("This is about Voci only: your place at the centre is untouched."),
            speak("You can ask again from {day}.", day=speak.day(day)),
            speak("If you think that this is a mistake, talk with somebody at the centre."),
        )
    )
