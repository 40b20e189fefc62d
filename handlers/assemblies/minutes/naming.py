"""Who is who in notes and minutes: names become marks when they are kept, and names when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assembly.name_marks import Names, fill, mark_names
from handlers.core.context import Context
from handlers.core.speech import Speech
from storage import members
from storage.engine.transaction import Transaction


async def marked(words: str, tx: Transaction, centre_id: int) -> str:
    """What somebody typed, with marks in place of members' names."""
    return mark_names(words, await members.names(tx, centre_id))


async def names(
    tx: Transaction, centre_id: int, speak: Speech, words: dict[int, str] | None = None
) -> Names:
    """What stands in the place of marks today; `words`: corrections by their id."""
    return beside(Names(await members.names(tx, centre_id), *_instead(speak)), words or {})


def beside(known: Names, words: Mapping[int, str]) -> Names:
    """The same with these corrections, by their id."""
    return replace(known, words={each: fill(text, known) for each, text in words.items()})


async def read(words: str, context: Context) -> str:
    """What was kept, as whoever acts reads it today."""
    return fill(words, await names(context.tx, context.centre.id, context.speak))


def _instead(speak: Speech) -> tuple[str, str, str, str]:
    return (
        speak("a former member").unescape(),
        speak("a member").unescape(),
        speak("(taken back by whoever wrote it)").unescape(),
        speak("somebody").unescape(),
    )
