"""Screens of correcting one's role."""

from __future__ import annotations

from assembly.roles import Role
from handlers.core.names import marked
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech, later
from handlers.membership.screens.join import MINE
from handlers.profile.presses import ConfirmRole, MyRights, MyRole
from storage.centres import Centre
from storage.members import Member

_WANTS = {
    Role.USER: later("{name} asks to be corrected: a user of the service."),
    Role.FAMILY: later("{name} asks to be corrected: a family member."),
    Role.PROFESSIONAL: later("{name} asks to be corrected: a professional."),
}
_IS = {
    Role.USER: later("You take part as a user of the service from now on."),
    Role.FAMILY: later("You take part as a family member from now on."),
    Role.PROFESSIONAL: later("You take part as a professional from now on."),
}


def choose(speak: Speech, centre_id: int, current: Role) -> Screen:
    """Which role it is, and what follows."""
    return Screen(
        lines(
            speak("How do you really take part?"),
            speak("A facilitator of another role than yours confirms it, and reads your name."),
            speak("In questions that are open now you stay what you were when they were put."),
        ),
        column(
            *(
                Button(str(speak(label)), MyRole(centre_id, role.value))
                for role, label in MINE.items()
                if role is not current
            ),
            Button(str(speak("Back")), MyRights(centre_id)),
        ),
    )


def nobody_confirms(speak: Speech, centre_id: int) -> Screen:
    """There is no facilitator of another role."""
    return Screen(
        speak("At the moment no facilitator of another role could confirm it. Talk with somebody."),
        column(Button(str(speak("Back")), MyRights(centre_id))),
    )


def passed_on(speak: Speech, centre_id: int, wanted: Role) -> Screen:
    """It is with those who can confirm it; until then nothing changes."""
    return Screen(
        lines(
            speak("Asked: {role}.", role=speak(MINE[wanted])),
            speak("You will hear from me when somebody has answered. Until then nothing changes."),
        ),
        column(Button(str(speak("Back")), MyRights(centre_id))),
    )


def asked(speak: Speech, centre: Centre, member: Member, wanted: Role) -> Screen:
    """To each facilitator who can confirm it."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak(_WANTS[wanted], name=marked(member.telegram_id, member.name)),
            speak("The first answer counts. It holds for questions that are put from then on."),
        ),
        column(
            Button(str(speak("That is right")), ConfirmRole(centre.id, member.id, wanted, True)),
            Button(str(speak("Not so")), ConfirmRole(centre.id, member.id, wanted, False)),
        ),
    )


def settled(speak: Speech, centre: Centre, member: Member, *, yes: bool) -> Screen:
    """In place of the question, for each of them."""
    name = marked(member.telegram_id, member.name)
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("The role of {name} is corrected.", name=name)
            if yes
            else speak("The role of {name} stays as it was.", name=name),
        )
    )


def told(speak: Speech, centre: Centre, wanted: Role, *, yes: bool) -> Screen:
    """To the one who asked, without saying who answered."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak(_IS[wanted]) if yes else speak("Your role stays as it was."),
            None if yes else speak("If that is a mistake, talk with somebody at the centre."),
        )
    )
