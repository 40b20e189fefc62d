"""All minutes of a centre, the newest first: as many to a page as a message can hold."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assembly.immutable import immutable
from assembly.shortening import fitting
from handlers.assemblies.minutes.presses import SearchMinutes
from handlers.assemblies.screens.points import turns
from handlers.core.navigation import Home, ListMinutes, ShowMinutes, ShowOutcomes
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.speech import Speech
from storage.minutes import Kept

PAGE = 8
TITLES = 200  # characters of an assembly's points in one entry


@immutable
class Entry:
    """Minutes of an assembly that began then, and what it talked about."""

    kept: Kept
    starts_at: int
    titles: tuple[str, ...]


def overview(
    centre_id: int, entries: Sequence[Entry], page: int, pages: int, speak: Speech
) -> Screen:
    """A page of them."""
    told = [_entry(each, speak) for each in entries]
    if not told:
        told = [speak("There are none yet. Each assembly leaves some when it closes.")]
    buttons = [
        Button(speak.date(each.starts_at), ShowMinutes(centre_id, each.kept.assembly_id, 1))
        for each in entries
    ]
    rows = [
        *column(*buttons),
        *turns(page, pages, lambda to: ListMinutes(centre_id, to), speak),
        (
            Button(str(speak("Find a word")), SearchMinutes(centre_id)),
            Button(str(speak("All outcomes")), ShowOutcomes(centre_id, 1)),
        ),
        (Button(str(speak("Back")), Home(centre_id)),),
    ]
    return Screen(paragraphs(speak("<b>Minutes</b>"), *told), tuple(rows))


def _entry(entry: Entry, speak: Speech) -> Markup:
    day = speak.date(entry.starts_at)
    heading = Markup("<b>{}</b>").format(day)
    if entry.kept.is_draft:
        heading = speak("<b>{day}</b> (a draft)", day=day)
    return lines(heading, fitting(" · ".join(entry.titles), TITLES) if entry.titles else None)
