"""The private reminder before a question closes."""

from __future__ import annotations

from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen, column, lines
from handlers.core.speech import Speech
from handlers.decisions.presses import StopReminding
from handlers.decisions.results.screens.ballot_words import moment
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision


def reminder(decision: Decision, speak: Speech, now: int) -> Screen:
    """To somebody who has not taken part yet; nobody else knows."""
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
