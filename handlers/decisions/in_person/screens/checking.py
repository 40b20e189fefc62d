"""Counting in the room, for the teller who confirms it, and for whoever looks on.

The figures are shown to nobody else, and to nobody any more once they are confirmed.
"""

from __future__ import annotations

from markupsafe import Markup

from assembly.in_person import Headcounts, State, headcount_of
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.in_person.presses import BeginCount, CheckCount, ConfirmCount
from handlers.decisions.in_person.screens.figures import figures
from handlers.decisions.in_person.screens.tellers import back, ids
from handlers.decisions.results.screens.ballot_words import without_phone
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision
from storage.in_person import Entry


def to_check(decision: Decision, entry: Entry, headcounts: Headcounts, speak: Speech) -> Screen:
    """Somebody else's count, to whoever has taken it on to check it."""
    text = paragraphs(
        question(decision),
        figures(decision.rule, entry.ballots, headcounts, speak),
        lines(
            without_phone(headcount_of(headcounts, None), speak),
            speak("Is all of that what you have seen in the room yourself?"),
        ),
    )
    return Screen(
        text,
        (
            (Button(str(speak("They are right")), ConfirmCount(*ids(decision), entry.number)),),
            (_again(decision, entry, speak("Count again")),),
            back(decision, speak),
        ),
    )


def offered(decision: Decision, speak: Speech) -> Screen:
    """A count waits; also sent to those who could confirm it. No figures before they take it on."""
    text = lines(
        question(decision),
        speak(
            "The room is counted. It takes a facilitator from another role to check the figures."
        ),
    )
    check = Button(str(speak("Check the figures")), CheckCount(*ids(decision)))
    return Screen(text, ((check,), back(decision, speak)))


def with_others(decision: Decision, entry: Entry, speak: Speech) -> Screen:
    """It is in somebody else's hands; anybody may count it anew instead."""
    name = entry.checker if entry.state is State.HANDED and entry.checker else entry.enterer
    if entry.state is State.COUNTING:
        state = speak("{name} is counting the room.", name=name or speak("Somebody"))
    elif entry.checked_by is not None:
        state = speak("{name} is checking the count of the room.", name=name or speak("Somebody"))
    else:
        state = speak("The room is counted, and waits for a facilitator from another role.")
    rows = ((_again(decision, entry, speak("Count it myself")),), back(decision, speak))
    return Screen(lines(question(decision), state), rows)


def confirmed(decision: Decision, entry: Entry, speak: Speech) -> Screen:
    """Two have agreed: from now on nobody is shown the figures."""
    text = lines(
        question(decision),
        speak(
            "The count of the room is confirmed. Its figures are told with the outcome, not before."
        ),
        speak("Counting again throws it away, and it has to be confirmed anew."),
    )
    rows = ((_again(decision, entry, speak("Count again")),), back(decision, speak))
    return Screen(text, rows)


def told_confirmed(decision: Decision, speak: Speech) -> Screen:
    """To whoever entered it."""
    text = lines(question(decision), speak("The count of the room is confirmed: it counts."))
    return Screen(text, (back(decision, speak),))


def told_thrown_away(decision: Decision, name: str | None, speak: Speech) -> Screen:
    """To the two who had agreed on it."""
    said = speak(
        "{name} has thrown the confirmed count of the room away, and counts again. "
        "What you two agreed on counts no more.",
        name=name or speak("Somebody"),
    )
    return Screen(lines(question(decision), said), (back(decision, speak),))


def _again(decision: Decision, entry: Entry, label: Markup) -> Button:
    return Button(label.unescape(), BeginCount(*ids(decision), entry.number))
