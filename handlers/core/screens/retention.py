"""How it is said for how long things are kept."""

from __future__ import annotations

from markupsafe import Markup

from assembly.retention import Choice, Kept, days
from handlers.core.speech import Speech, later

KINDS = {
    Kept.LEFT: later("Who has left, with all of theirs: {time}"),
    Kept.ANSWERS: later("Check-ins with their answers: {time}"),
    Kept.INVITATIONS: later("Invitations, after their end: {time}"),
    Kept.REQUESTS: later("Requests to join that nobody answers: {time}"),
    Kept.MINUTES: later("Minutes of assemblies: {time}"),
    Kept.TASKS: later("Who did a task: {time}"),
    Kept.NAMES: later("Who proposed, supported or voted by name: {time}"),
    Kept.AUDIT: later("What was done for the assembly, and by whom: {time}"),
    Kept.MESSAGES: later("Where old messages stand: {time}"),
    Kept.DRAFTS: later("What is half-written: {time}"),
}


def span(speak: Speech, length: int) -> Markup:
    """So many days, as people say it: from three months on in months, from five years in years."""
    if length >= 1_825:
        return speak.many("one year", "{n} years", length // 365)
    if length >= 90:
        return speak.many("one month", "{n} months", round(length * 12 / 365))
    return speak.many("one day", "{n} days", length)


def told(speak: Speech, kept: Kept, choice: Choice | None, now: int) -> Markup:
    """For how long something is kept, and what is to hold soon."""
    line = speak(KINDS[kept], time=span(speak, days(kept, choice, now)))
    if choice is None or now >= choice.holds_from or choice.days == choice.before:
        return line
    soon = speak(
        "from {day}: {time}", day=speak.date(choice.holds_from), time=span(speak, choice.days)
    )
    return Markup("{} ({})").format(line, soon)
