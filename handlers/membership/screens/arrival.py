"""Screens at the end of the way in: a member, a facilitator, or a closed door."""

from __future__ import annotations

from assembly.invitation import State
from handlers.core.names import is_nameless
from handlers.core.navigation import AskToJoin, WriteFacts
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.home import doors
from handlers.core.speech import Speech, later
from handlers.membership.presses import JoinNot, TakeDuty
from storage.centres import Centre
from storage.members import Member

CLOSED_DOOR: dict[State, str] = {
    "expired": later("That invitation has expired. Ask for a new one:"),
    "used_up": later("That invitation has been used already. Ask for a new one:"),
    "revoked": later("That invitation was taken back. If you would like to take part:"),
    "unconfirmed": later(
        "This invitation is not confirmed yet: a second facilitator has to agree. "
        "Please open it again later."
    ),
}


def done(
    speak: Speech, member: Member, centre: Centre, facilitates: bool, *, unwritten: bool = False
) -> Screen:
    """A member from now on; `unwritten`: a facilitator is asked who is responsible for the data."""
    duty = first = None
    ways = doors(speak, centre.id, facilitates=facilitates)
    if unwritten:
        first = speak("Before that, say who is responsible for the data.")
        ways = (
            (Button(speak("Say who is responsible").unescape(), WriteFacts(centre.id)),),
            *ways,
        )
    if facilitates:
        duty = speak("You facilitate now: invite the others with /invite.")
    return Screen(
        lines(
            speak("<b>Welcome.</b>")
            if is_nameless(member.name)
            else speak("<b>Welcome, {name}.</b>", name=member.name),
            speak("You take part in the assembly of {centre} now.", centre=centre.name),
            duty,
            first,
        ),
        ways,
    )


def already(speak: Speech, centre: Centre, facilitates: bool) -> Screen:
    """To a member who opens another invitation to the same centre."""
    return Screen(
        speak("You take part in the assembly of {centre} already.", centre=centre.name),
        doors(speak, centre.id, facilitates=facilitates),
    )


def duty(speak: Speech, centre: str, centre_id: int, token: str) -> Screen:
    """To a member who opened an invitation to the facilitator's duty."""
    return Screen(
        paragraphs(
            speak("<b>Facilitating in {centre}</b>", centre=centre),
            speak(
                "You invite people, call assemblies, and open and close decisions. You see no "
                "answers and no ballots of others."
            ),
        ),
        (
            (Button(str(speak("I take it on")), TakeDuty(centre_id, token)),),
            (Button(str(speak("Not now")), JoinNot(centre_id)),),
        ),
    )


def holds_duty(speak: Speech, centre: Centre) -> Screen:
    """To a member who took the duty on."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("You facilitate now: invite the others with /invite."),
        ),
        doors(speak, centre.id, facilitates=True),
    )


def closed_door(speak: Speech, state: State, centre_id: int) -> Screen:
    """The invitation opens nothing, any more or not yet."""
    text = speak(CLOSED_DOOR[state])
    if state == "unconfirmed":
        return Screen(text)
    return Screen(text, column(Button(str(speak("Ask to join")), AskToJoin(centre_id))))


def begun(speak: Speech, centre: str) -> Screen:
    """In place of `ready`, once the link has been used."""
    return Screen(
        paragraphs(
            speak("<b>{centre} is set up.</b>", centre=centre),
            speak("There is a facilitator now. Everybody else comes in by invitation."),
        ),
        public=True,
    )
