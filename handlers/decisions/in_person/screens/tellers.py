"""Counting in the room, for the teller who enters it; the other one confirms it (`checking`).

The figures are a running result: they stand on the screens of the two who count and nowhere else,
and not even there once they are confirmed.
"""

from __future__ import annotations

from markupsafe import Markup

from assembly.collected import INVALID
from assembly.counting.table import WORDS
from assembly.in_person import (
    FEW,
    Headcounts,
    Place,
    complete,
    most,
    places,
)
from assembly.rule import Secrecy
from handlers.core.navigation import Invite, SeeDecision
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.number_pad import Rows, numbers, press_only, write_instead
from handlers.core.speech import Speech
from handlers.decisions.in_person.presses import (
    AskBallots,
    BeginCount,
    ChangeCount,
    CountInPerson,
    HandOver,
    SayBallots,
    of,
)
from handlers.decisions.in_person.screens import papers
from handlers.decisions.in_person.screens.figures import figures, said
from handlers.decisions.in_person.screens.headcount import of_role, short
from handlers.decisions.results.screens.ballot_words import without_phone
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision
from storage.in_person import Entry


def with_in_person(screen: Screen, decision: Decision, speak: Speech) -> Screen:
    """The way to the hall's count, under an open question of an open assembly."""
    *rows, last = screen.buttons
    button = Button(str(speak("Ballots from the room")), CountInPerson(*ids(decision)))
    return Screen(screen.text, (*rows, (button,), last))


def nobody_takes_part(decision: Decision, speak: Speech) -> Screen:
    """Whoever may take part is named; the hall has no ballots of its own."""
    return _plain(decision, speak("Only the members who were named take part in this one."), speak)


def nobody_there(decision: Decision, speak: Speech) -> Screen:
    """The number of people is 0."""
    return _plain(decision, without_phone(0, speak), speak)


def nobody_else(decision: Decision, speak: Speech) -> Screen:
    """One counts, another of a different role confirms: there is no other."""
    text = paragraphs(
        question(decision),
        speak(
            "One facilitator counts the room, and another one from another role confirms "
            "it. Nobody from another role facilitates now, so the room can’t be counted."
        ),
        speak(
            "You can invite somebody from another role to facilitate. Or the people in "
            "the room vote by phone."
        ),
    )
    invite = Button(str(speak("Invite")), Invite(decision.centre_id))
    return Screen(text, ((invite,), back(decision, speak)))


def begin(decision: Decision, people: int, speak: Speech) -> Screen:
    """Before the first count: what it is, and what it tells the two who count."""
    secret = decision.rule.secrecy is not Secrecy.OPEN
    text = paragraphs(
        question(decision),
        lines(
            without_phone(people, speak),
            speak("You enter what they say, and a facilitator from another role confirms it."),
        ),
        speak(
            "Ballots from the room are shown separately. They are so few that others may "
            "see who says what: tell people before they say it."
        )
        if secret and people < FEW
        else None,
    )
    start = Button(str(speak("Begin to count")), BeginCount(*ids(decision), 0))
    return Screen(text, ((start,), back(decision, speak)))


def ask(
    decision: Decision,
    place: Place,
    at_most: int,
    speak: Speech,
    problem: Markup | None = None,
    *,
    typed: bool = True,
) -> Screen:
    """How many say one word; not `typed`: something else is being written."""
    words = (
        speak("How many papers can’t be counted, because they say nothing or several things?")
        if place.choice == INVALID
        else speak("In the room: how many say <b>{word}</b>?", word=said(place, speak))
    )
    text = lines(
        question(decision),
        problem,
        of_role(place.role, speak),
        words,
        speak("At most {most}. Press a number, or write it.", most=at_most)
        if typed
        else press_only(speak),
    )
    named = ids(decision)
    pad = numbers(at_most, lambda number: SayBallots(*named, of(place.role), place.choice, number))
    if not typed:
        anew = AskBallots(*named, of(place.role), place.choice, instead=True)
        pad = (*pad, write_instead(anew, speak))
    return Screen(text, (*pad, back(decision, speak)))


def counting(decision: Decision, entry: Entry, headcounts: Headcounts, speak: Speech) -> Screen:
    """One's own count as far as it has come: change it, or have it confirmed."""
    rule = decision.rule
    if rule.method in WORDS:
        rows = _to_change(decision, entry, headcounts, speak)
    else:
        rows = papers.rows(ids(decision), rule, entry.ballots, headcounts, speak)
    whole = complete(rule, entry.ballots, headcounts)
    text = paragraphs(
        question(decision),
        figures(rule, entry.ballots, headcounts, speak),
        speak("It counts only once a facilitator from another role has confirmed it.")
        if whole
        else speak("No ballot is entered yet."),
    )
    if whole:
        rows = (*rows, (Button(str(speak("Have it confirmed")), HandOver(*ids(decision))),))
    return Screen(text, (*rows, back(decision, speak)))


def handed(decision: Decision, speak: Speech) -> Screen:
    """One's own count, while it waits to be confirmed: the figures leave the chat already."""
    text = paragraphs(
        question(decision),
        speak(
            "This waits for a facilitator from another role to confirm it. They have been asked."
        ),
    )
    change = Button(str(speak("Change it")), ChangeCount(*ids(decision)))
    return Screen(text, ((change,), back(decision, speak)))


def _to_change(decision: Decision, entry: Entry, headcounts: Headcounts, speak: Speech) -> Rows:
    """One button a word, for those of which there can be any; none looks like an answer."""
    buttons = []
    for place in places(decision.rule, headcounts):
        if most(place, entry.ballots, headcounts):
            label = said(place, speak)
            if place.role is not None:
                label = f"{short(place.role, speak)}: {label}"
            press = AskBallots(*ids(decision), of(place.role), place.choice)
            change = speak("Change “{word}”", word=label).unescape()
            buttons.append(Button(change, press))
    return column(*buttons)


def _plain(decision: Decision, said: Markup, speak: Speech) -> Screen:
    return Screen(lines(question(decision), said), column(*back(decision, speak)))


def back(decision: Decision, speak: Speech) -> tuple[Button, ...]:
    """The way back to the question."""
    return (Button(str(speak("Back")), SeeDecision(*ids(decision))),)


def ids(decision: Decision) -> tuple[int, int]:
    """What a press on a question names: the centre, and the question."""
    return decision.centre_id, decision.id
