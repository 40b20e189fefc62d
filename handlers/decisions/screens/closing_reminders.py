"""The private reminder before questions close."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.shortening import fitting
from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.presses import StopReminding
from handlers.decisions.results.screens.ballot_words import moment
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision

MOST = 10  # questions in one message
QUESTION, LABEL = 120, 40  # characters of each among others: in the text, and on its button


def reminder(asked: Sequence[Decision], speak: Speech, now: int) -> Screen:
    """To somebody who has not answered these yet, the first to close first; nobody else knows."""
    if len(asked) > 1:
        return _several(asked, speak, now)
    [decision] = asked
    ids = decision.centre_id, decision.id
    open_until = None
    if decision.closes_at is not None:
        open_until = speak(
            "You can still take part, until {moment}.",
            moment=moment(decision.closes_at, speak, now),
        )
    return Screen(
        lines(question(decision), open_until, speak("Nobody else sees that Voci reminds you.")),
        column(
            Button(str(speak("Take part")), SeeDecision(*ids)),
            Button(str(speak("No reminders before closing")), StopReminding(*ids)),
        ),
    )


def _several(asked: Sequence[Decision], speak: Speech, now: int) -> Screen:
    """A line and a button each."""
    told = [
        speak(
            "<b>{question}</b> Open until {moment}.",
            question=fitting(decision.question, QUESTION),
            moment=moment(decision.closes_at or now, speak, now),
        )
        for decision in asked
    ]
    buttons = [
        Button(fitting(each.question, LABEL), SeeDecision(each.centre_id, each.id))
        for each in asked
    ]
    stop = StopReminding(asked[0].centre_id, asked[0].id)
    return Screen(
        paragraphs(
            speak("You can still take part in these:"),
            lines(*told),
            speak("Nobody else sees that Voci reminds you."),
        ),
        column(*buttons, Button(str(speak("No reminders before closing")), stop)),
    )
