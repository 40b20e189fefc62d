"""What a quarter came to, in numbers: to the group."""

from __future__ import annotations

from assembly.quarters import Quarter
from handlers.core.screen import Screen, lines
from handlers.core.speech import Speech
from storage.follow_ups import Numbers


def told(quarter: Quarter, numbers: Numbers, speak: Speech) -> Screen:
    """Four numbers, each of what everybody could read."""
    first, last = speak.month(quarter.starts_at), speak.month(quarter.ends_at - 1)
    return Screen(
        lines(
            speak("<b>What came of it, {first} to {last}</b>", first=first, last=last),
            speak("Proposed: {n}", n=numbers.proposed),
            speak("Talked about to the end: {n}", n=numbers.talked_about),
            speak("Of these, agreed or decided: {n}", n=numbers.agreed),
            speak("Done: {n}", n=numbers.done),
        ),
        public=True,
    )
