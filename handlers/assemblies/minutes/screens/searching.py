"""Looking for a word in minutes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.minutes_search import Hit
from assembly.shortening import fitting
from handlers.assemblies.minutes.presses import FoundMinutes, SearchMinutes
from handlers.core.navigation import ListMinutes, ShowMinutes
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech

PAGE = 8
TITLE, WORDS = 80, 160  # characters of the point's title, and of what stands there


@immutable
class Found:
    """The minutes of an assembly that began then, and where in them it stands first."""

    assembly_id: int
    starts_at: int
    hit: Hit


def ask(centre_id: int, speak: Speech) -> Screen:
    """For what?"""
    return Screen(
        speak("What are you looking for? Write a word, or several that all have to be there."),
        column(Button(str(speak("All minutes")), ListMinutes(centre_id, 1))),
    )


def found(
    centre_id: int, word: str, hits: Sequence[Found], further: int | None, speak: Speech
) -> Screen:
    """Where it stands; `further`: how many minutes have been looked through, None for all."""
    told = [_one(each, speak) for each in hits]
    if not told and further is None:
        told = [speak("It stands in no minutes.")]
    elif not told:
        told = [speak("It stands in none of the later minutes.")]
    rows = [
        *column(
            *(
                Button(speak.date(each.starts_at), ShowMinutes(centre_id, each.assembly_id, 1))
                for each in hits
            )
        )
    ]
    if further is not None:
        back = FoundMinutes(centre_id, further, word)
        rows.append((Button(str(speak("Look further back")), back),))
    rows.append(
        (
            Button(str(speak("Another word")), SearchMinutes(centre_id)),
            Button(str(speak("All minutes")), ListMinutes(centre_id, 1)),
        )
    )
    return Screen(paragraphs(speak("<b>{word}</b> in the minutes", word=word), *told), tuple(rows))


def _one(found: Found, speak: Speech) -> Markup:
    day = Markup("<b>{}</b>").format(speak.date(found.starts_at))
    if found.hit.title is not None and found.hit.title != found.hit.words:
        day = Markup("{} · {}").format(day, fitting(found.hit.title, TITLE))
    return lines(day, fitting(found.hit.words, WORDS))
