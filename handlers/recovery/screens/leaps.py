"""What an operator reads when the machine's clock has leapt."""

from __future__ import annotations

from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech


def leapt(speak: Speech, seconds: float) -> Screen:
    """Ahead by so many seconds, or back (below 0)."""
    minutes = max(1, round(abs(seconds) / 60))
    ahead = (
        speak.many(
            "The clock of the computer that runs Voci leapt ahead by a minute.",
            "The clock of the computer that runs Voci leapt ahead by {n} minutes.",
            minutes,
        ),
        speak("Perhaps the computer slept. What fell due meanwhile is done now."),
    )
    back = (
        speak.many(
            "The clock of the computer that runs Voci was put back by a minute.",
            "The clock of the computer that runs Voci was put back by {n} minutes.",
            minutes,
        ),
        speak(
            "Nothing is lost or done twice. Until the clock has caught up, "
            "time passes at half its pace for Voci."
        ),
    )
    return Screen(
        lines(
            *(ahead if seconds > 0 else back),
            speak("Please look whether the clock is right now."),
        )
    )
