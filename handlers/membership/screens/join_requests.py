"""Screens of asking to join without an invitation, for who asks and for who answers."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.roles import Role
from handlers.core.names import marked
from handlers.core.navigation import AskToJoin
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech, later
from handlers.membership.presses import (
    AnswerRequest,
    AskAs,
    AskName,
    DeclineRequest,
    EnterAsked,
    LeaveRequest,
    NameChoice,
    SeeRequests,
)
from handlers.membership.screens.join import MINE
from storage.centres import Centre
from storage.join_requests import JoinRequest

SHOWN = 8  # requests with a button of their own

ASKS = {
    Role.USER: later("{name} asks to take part, as a user of the service."),
    Role.FAMILY: later("{name} asks to take part, as a family member."),
    Role.PROFESSIONAL: later("{name} asks to take part, as a professional."),
}


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


def request(
    speak: Speech,
    centre: str,
    asked: JoinRequest,
    *,
    takes_two: bool,
    first: str | None = None,
    others: bool = False,
) -> Screen:
    """To each facilitator; `first` is who said yes where it takes two of them.

    `others`: more wait.
    """
    more = (Button(str(speak("All requests")), SeeRequests(asked.centre_id)),) if others else ()
    rule = speak("The first answer counts.")
    if takes_two:
        rule = speak("To welcome a professional it takes two of you.")
    if takes_two and first is not None:
        rule = speak("{name} has welcomed them. It takes one more of you.", name=first)
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre),
            speak(ASKS[asked.role], name=marked(asked.telegram_id, asked.name)),
            rule,
        ),
        column(
            Button(str(speak("Welcome them")), AnswerRequest(asked.centre_id, asked.id, True)),
            Button(str(speak("Decide later")), LeaveRequest(asked.centre_id, asked.id, False)),
            Button(str(speak("Decline …")), AnswerRequest(asked.centre_id, asked.id, False)),
            *more,
        ),
    )


def somebody_asks(speak: Speech, centre: str) -> Screen:
    """What waits to be sent to facilitators: it names nobody, and is looked up then."""
    return Screen(
        lines(speak("<b>{centre}</b>", centre=centre), speak("Somebody asks to take part."))
    )


def nobody_asks(speak: Speech, centre: str) -> Screen:
    """In place of a request that was taken back."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre),
            speak("Nobody asks to take part at the moment."),
        )
    )


def several(speak: Speech, centre: Centre, asked: Sequence[JoinRequest]) -> Screen:
    """To each facilitator: who waits for an answer, the first who asked on top."""
    shown = asked[:SHOWN]
    left = len(asked) - len(shown)
    return Screen(
        paragraphs(
            lines(
                speak("<b>{centre}</b>", centre=centre.name),
                *(
                    speak(ASKS[each.role], name=marked(each.telegram_id, each.name))
                    for each in shown
                ),
            ),
            speak.many("One more waits.", "{n} more wait.", left) if left else None,
        ),
        column(*(Button(each.name, LeaveRequest(centre.id, each.id, True)) for each in shown)),
    )


def ask_decline(speak: Speech, centre: str, asked: JoinRequest, day: int) -> Screen:
    """Before somebody is declined: what they will read. From `day` (UTC epoch seconds) on they can
    ask again.
    """
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre),
            speak(
                "<b>Decline the request of {name}?</b>", name=marked(asked.telegram_id, asked.name)
            ),
            speak(
                "They read that it was declined for now, not by whom, and that their place at the "
                "centre is untouched."
            ),
            speak("They can ask again from {day}.", day=speak.day(day)),
        ),
        column(
            Button(str(speak("Decline the request")), DeclineRequest(asked.centre_id, asked.id)),
            Button(str(speak("Back")), LeaveRequest(asked.centre_id, asked.id, True)),
        ),
    )


def answered(
    speak: Speech, centre: Centre, asker: str, accepted: bool, *, others: bool = False
) -> Screen:
    """In place of the request, for every facilitator; `others`: more wait."""
    more = column(Button(str(speak("All requests")), SeeRequests(centre.id))) if others else ()
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre.name),
            speak("{name} has been welcomed.", name=asker)
            if accepted
            else speak("{name} has been told: not now.", name=asker),
        ),
        more,
    )


def taken_back(speak: Speech, centre: str) -> Screen:
    """In place of the request, once whoever asked has had it forgotten."""
    return Screen(
        lines(
            speak("<b>{centre}</b>", centre=centre),
            speak("Somebody asked to take part, and has taken that back."),
        )
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
