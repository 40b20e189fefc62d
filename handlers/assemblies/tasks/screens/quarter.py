"""What a quarter came to, in numbers, and how the work was shared: to the group."""

from __future__ import annotations

from markupsafe import Markup

from assembly.parity_report import Report
from assembly.quarters import Quarter
from handlers.assemblies.parity.screens import parity
from handlers.core.screen import Screen, lines, paragraphs
from handlers.core.speech import Speech
from storage.follow_ups import Numbers


def told(quarter: Quarter, numbers: Numbers, report: Report, speak: Speech) -> Screen:
    """One post for both: without what nothing can be said of."""
    return Screen(
        paragraphs(
            _numbers(quarter, numbers, speak) if numbers.any else None,
            parity.words(report, speak),
        ),
        picture=parity.picture(report, speak),
        public=True,
    )


def _numbers(quarter: Quarter, numbers: Numbers, speak: Speech) -> Markup:
    """Four numbers, each of what everybody could read."""
    first, last = speak.month(quarter.starts_at), speak.month(quarter.ends_at - 1)
    return lines(
        speak("<b>What came of it, {first} to {last}</b>", first=first, last=last),
        speak("Proposed: {n}", n=numbers.proposed),
        speak("Talked about to the end: {n}", n=numbers.talked_about),
        speak("Of these, agreed or decided: {n}", n=numbers.agreed),
        speak("Done: {n}", n=numbers.done),
    )
