"""How many people in the room don't vote by phone: the question to the chair, and the answer."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from assembly.in_person import MOST, Headcounts, headcount_of
from assembly.roles import Role
from handlers.core.navigation import SeeDecision, ShowSession
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.screens.number_pad import numbers, press_only, write_instead
from handlers.core.speech import Speech, later
from handlers.decisions.in_person.presses import (
    AskPeople,
    CountInPerson,
    Of,
    SayPeople,
    ShowHeadcount,
    of,
)
from handlers.decisions.results.screens.ballot_words import without_phone
from storage.assemblies import Assembly

Rows = tuple[tuple[Button, ...], ...]

_OF = {
    Role.USER: later("Of the users:"),
    Role.FAMILY: later("Of the family members:"),
    Role.PROFESSIONAL: later("Of the professionals:"),
}
_SHORT = {
    Role.USER: later("Users"),
    Role.FAMILY: later("Family members"),
    Role.PROFESSIONAL: later("Professionals"),
}


def with_headcount(
    screen: Screen,
    assembly: Assembly,
    present: int,
    headcounts: Headcounts,
    speak: Speech,
    *,
    asks: bool,
) -> Screen:
    """Under a point of the agenda, for whoever leads: who is there, by phone and without one.

    `asks`: how many have none is asked here as long as nobody has said it.
    """
    label = speak("Change the number") if headcounts else speak("How many without a phone")
    row = (Button(str(label), ShowHeadcount(assembly.centre_id, assembly.id)),)
    unsaid = question(speak) if asks else None
    said = without_phone(headcount_of(headcounts, None), speak) if headcounts else unsaid
    text = paragraphs(screen.text, lines(are_here(present, speak), said))
    return replace(screen, text=text, buttons=(*screen.buttons, row))


def question(speak: Speech) -> Markup:
    """In so many words."""
    return speak("<b>How many people in the room are NOT voting by phone?</b>")


def ask(
    assembly: Assembly,
    role: Role | None,
    speak: Speech,
    question_id: int = 0,
    problem: Markup | None = None,
    *,
    typed: bool = True,
) -> Screen:
    """The question to the chair, with its numbers; not `typed`: something else is being written.

    It leads back to the question that is to be counted, if it is asked because of one.
    """
    ids = assembly.centre_id, assembly.id
    text = lines(
        problem,
        question(speak),
        of_role(role, speak),
        speak("Count only those who may take part and have no ballot on a phone."),
        speak("Press a number, or write it.") if typed else press_only(speak),
    )
    pad = numbers(MOST, lambda number: SayPeople(*ids, of(role), number))
    if not typed:
        pad = (*pad, write_instead(AskPeople(*ids, of(role), instead=True), speak))
    back = SeeDecision(assembly.centre_id, question_id) if question_id else ShowSession(*ids)
    return Screen(text, (*pad, (Button(str(speak("Back")), back),)))


def overview(assembly: Assembly, headcounts: Headcounts, speak: Speech) -> Screen:
    """What was said; each number can be changed while the assembly is open."""
    ids = assembly.centre_id, assembly.id
    if list(headcounts) == [None]:
        text = without_phone(headcount_of(headcounts, None), speak)
        rows: Rows = ((Button(str(speak("Change the number")), AskPeople(*ids, Of.ALL)),),)
    else:
        said = [
            speak("{role} {number}", role=of_role(role, speak), number=headcounts.get(role, 0))
            for role in Role
        ]
        text = lines(without_phone(headcount_of(headcounts, None), speak), *said)
        rows = (tuple(Button(str(short(role, speak)), AskPeople(*ids, of(role))) for role in Role),)
    known = speak(
        "In a question they count as present, and as people who can take part, as "
        "soon as two of you have counted the room and agree."
    )
    back = (Button(str(speak("Back")), ShowSession(*ids)),)
    return Screen(lines(text, known), (*rows, back))


def fewer_than_ballots(speak: Speech) -> str:
    """In an alert: the number can't be smaller than what is entered."""
    return speak(
        "More ballots from the room are entered than that. Count these again first; "
        "the number of people stays as it was."
    ).unescape()


def refused(assembly: Assembly, speak: Speech, question_id: int = 0) -> Screen:
    """The same, after a number that was typed."""
    back = (
        CountInPerson(assembly.centre_id, question_id)
        if question_id
        else ShowHeadcount(assembly.centre_id, assembly.id)
    )
    button = Button(str(speak("Back")), back)
    return Screen(Markup("{}").format(fewer_than_ballots(speak)), ((button,),))


def no_number(speak: Speech) -> Markup:
    """What was typed is none."""
    return speak("Write a whole number from 0 to {most}, in digits.", most=MOST)


def of_role(role: Role | None, speak: Speech) -> Markup | None:
    """*Of the users:*, where roles are asked."""
    return speak(_OF[role]) if role is not None else None


def short(role: Role, speak: Speech) -> Markup:
    """A role on a button."""
    return speak(_SHORT[role])


def are_here(number: int, speak: Speech) -> Markup:
    """To facilitators, while it is open: a number, never a name."""
    if not number:
        return speak("Nobody has said yet that they are here.")
    return speak.many(
        "One member has said: I’m here.", "{n} members have said that they are here.", number
    )
