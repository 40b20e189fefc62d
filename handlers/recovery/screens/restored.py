"""What a group reads after Voci had to be put back to an earlier copy of itself."""

from __future__ import annotations

from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech
from handlers.decisions.results.screens import outcomes
from storage.decisions import Decision


def back(speak: Speech, taken_at: int) -> Screen:
    """What is missing now, and what only the members themselves can know."""
    return Screen(
        lines(
            speak(
                "<b>Voci had to go back to an earlier copy: {moment}.</b>",
                moment=speak.moment(taken_at),
            ),
            speak(
                "What came after that is missing here: proposals, voices, answers, settings. "
                "Please look again at what matters to you."
            ),
            speak("Who has left or stopped check-ins since then need not do it again."),
        ),
        public=True,
    )


def void(decision: Decision, speak: Speech) -> Screen:
    """A question was open in the copy, and nobody had closed it since."""
    return Screen(
        lines(outcomes.told(decision, speak), speak("The question can be put again.")),
        public=True,
    )


def closed_since(decision: Decision, speak: Speech) -> Screen:
    """A question was open in the copy, and its outcome was posted since."""
    return Screen(
        lines(
            outcomes.question(decision),
            speak(
                "This was closed after the copy was made. The outcome that I posted then can "
                "still be read here, but I have lost it."
            ),
            speak("Talk about whether it holds, or put the question again."),
        ),
        public=True,
    )
