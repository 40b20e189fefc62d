"""Screens of requests to join, for the facilitators who answer them."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.roles import Role
from handlers.core.names import marked
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech, later
from handlers.membership.presses import AnswerRequest, DeclineRequest, LeaveRequest, SeeRequests
from storage.centres import Centre
from storage.join_requests import JoinRequest

SHOWN = 8  # requests with a button of their own

ASKS = {
    Role.USER: later("{name} asks to take part, as a user of the service."),
    Role.FAMILY: later("{name} asks to take part, as a family member."),
    Role.PROFESSIONAL: later("{name} asks to take part, as a professional."),
}


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
