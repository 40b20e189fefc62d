"""Screens of joining, from the first welcome to the name that the assembly sees."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.retention import Kept
from assembly.roles import Role
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.screens import consent_words
from handlers.core.screens.responsible import named, page, recipients
from handlers.core.speech import LANGUAGES, Speech, later
from handlers.membership.presses import (
    JoinAs,
    JoinCheckin,
    JoinConsent,
    JoinIn,
    JoinName,
    JoinNot,
    JoinShow,
    JoinYoung,
    NameChoice,
    Step,
)
from storage.centre_facts import Facts
from storage.joinings import Joining

INVITED = {
    Role.USER: later("You are invited as a user of the service."),
    Role.FAMILY: later("You are invited as a family member."),
    Role.PROFESSIONAL: later("You are invited as a professional."),
}
MINE = {
    Role.USER: later("I use the service"),
    Role.FAMILY: later("I am a family member"),
    Role.PROFESSIONAL: later("I work here"),
}


def welcome(speak: Speech, joining: Joining, limit: int | None) -> Screen:
    """The first screen: where the link leads, in which language to go on, and from which age.

    `limit`: from how many years somebody agrees for themselves here; None: nobody is asked.
    """
    others = [
        Button(name, JoinIn(joining.centre_id, code))
        for code, name in LANGUAGES.items()
        if code != speak.language
    ]
    invited = speak(INVITED[joining.role]) if joining.role else None
    if joining.facilitator:
        invited = speak("You are invited to facilitate.")
    return Screen(
        lines(
            speak("<b>Welcome to the assembly of {centre}.</b>", centre=joining.centre_name),
            speak(
                "Users, families and professionals decide here together, each with the same weight."
            ),
            invited,
            speak("This takes one minute."),
        ),
        (*_of_age(speak, joining, limit), tuple(others)),
    )


def who_sees_what(speak: Speech, joining: Joining) -> Screen:
    """The second screen."""
    return Screen(
        consent_words.who_sees_what(speak),
        (
            (_go_on(speak, joining, Step.LIMITS),),
            (Button(str(speak("Tell me more")), JoinShow(joining.centre_id, Step.MORE)),),
            (_back(speak, joining, Step.WELCOME),),
        ),
    )


def more(speak: Speech, joining: Joining) -> Screen:
    """The second screen's small print, in large print."""
    return Screen(
        consent_words.more(speak),
        ((_go_on(speak, joining, Step.LIMITS),), (_back(speak, joining, Step.WHO_SEES),)),
    )


def limits(speak: Speech, joining: Joining, facts: Facts) -> Screen:
    """The third screen, with the consent that taking part needs."""
    return Screen(
        lines(consent_words.limits(speak), named(speak, facts)),
        (
            (
                Button(
                    str(speak("I understand, I want to take part")), JoinConsent(joining.centre_id)
                ),
            ),
            (Button(str(speak("Not now")), JoinNot(joining.centre_id)),),
            (
                Button(
                    speak("Who is responsible").unescape(),
                    JoinShow(joining.centre_id, Step.RESPONSIBLE),
                ),
                _back(speak, joining, Step.WHO_SEES),
            ),
        ),
    )


def who_is_responsible(speak: Speech, joining: Joining, facts: Facts) -> Screen:
    """With the way back to the consent."""
    further = JoinShow(joining.centre_id, Step.RECIPIENTS)
    return page(speak, joining.centre_name, facts, further, _back(speak, joining, Step.LIMITS))


def who_else_gets_them(
    speak: Speech, joining: Joining, facts: Facts, periods: Mapping[Kept, int]
) -> Screen:
    """The rest of it."""
    back = _back(speak, joining, Step.RESPONSIBLE)
    return recipients(speak, joining.centre_name, facts, periods, back)


def role(speak: Speech, joining: Joining) -> Screen:
    """Where the invitation leaves the role open."""
    return Screen(
        lines(
            speak("How do you take part?"),
            speak("The three roles weigh the same. The group does not see your choice."),
        ),
        column(
            *(
                Button(str(speak(label)), JoinAs(joining.centre_id, each))
                for each, label in MINE.items()
            )
        ),
    )


def checkin(speak: Speech, joining: Joining) -> Screen:
    """The consent that can be left out."""
    return Screen(
        consent_words.checkins(speak),
        (
            (
                Button(str(speak("Yes")), JoinCheckin(joining.centre_id, True)),
                Button(str(speak("No, thank you")), JoinCheckin(joining.centre_id, False)),
            ),
        ),
    )


def name(speak: Speech, joining: Joining, first_name: str | None) -> Screen:
    """The last question; the first name stands there where it can be a name."""
    choices = []
    if first_name is not None:
        choices.append(Button(first_name, JoinName(joining.centre_id, NameChoice.FIRST)))
    choices += [
        Button(str(speak("Another name")), JoinName(joining.centre_id, NameChoice.NICKNAME)),
        Button(str(speak("Just “a member”")), JoinName(joining.centre_id, NameChoice.MEMBER)),
    ]
    return Screen(
        lines(
            speak("Which name may the assembly see?"),
            speak("It stands beside what you propose, and only if you want it there."),
        ),
        column(*choices),
    )


def nickname(speak: Speech, joining: Joining, longest: int) -> Screen:
    """The name is typed."""
    return Screen(
        speak("Write the name that the assembly may see: up to {n} characters.", n=longest),
        column(
            Button(str(speak("Just “a member”")), JoinName(joining.centre_id, NameChoice.MEMBER))
        ),
    )


def unfit_name(speak: Speech, longest: int) -> Screen:
    """What was typed can't be a name."""
    return Screen(
        lines(
            speak("A name has letters or digits, and at most {n} characters.", n=longest),
            speak("Please write it again."),
        )
    )


def not_now(speak: Speech) -> Screen:
    """Somebody does not want to, now."""
    return Screen(speak("Nothing was kept. If you change your mind, open the link again."))


def _of_age(speak: Speech, joining: Joining, limit: int | None) -> tuple[tuple[Button, ...], ...]:
    """One press says it, and is kept only by whoever is younger."""
    if limit is None:
        return column(_go_on(speak, joining, Step.WHO_SEES))
    old_enough = speak("I am {n} or older", n=limit).unescape()
    return column(
        Button(old_enough, JoinShow(joining.centre_id, Step.WHO_SEES)),
        Button(speak("I am younger").unescape(), JoinYoung(joining.centre_id)),
    )


def _go_on(speak: Speech, joining: Joining, step: Step) -> Button:
    return Button(str(speak("Go on")), JoinShow(joining.centre_id, step))


def _back(speak: Speech, joining: Joining, step: Step) -> Button:
    return Button(str(speak("Back")), JoinShow(joining.centre_id, step))
