"""What is being decided, and what was decided lately: as many to a page as a message can hold."""

from __future__ import annotations

from markupsafe import Markup

from assembly.shortening import fitting
from handlers.core.navigation import Home, ListMinutes, SeeDecision, ShowOutcomes
from handlers.core.screen import Button, Screen, column, lines, paragraphs
from handlers.core.screens.room import length
from handlers.core.speech import Speech
from handlers.decisions.presses import TurnDecisions
from handlers.decisions.results.screens import outcomes
from handlers.decisions.results.screens.ballot_words import briefly, until
from handlers.decisions.results.screens.versions import version
from storage.ballots import Mine
from storage.decisions import Decision

Entry = tuple[Decision, Markup]

ROOM = 3600  # of a message's 4,096 units: a centre's name may come on top, headings between
PAGE = 8  # decisions on a page, at most
QUESTION = 120  # characters of each, with its version; its own screen has it in full
LABEL = 40  # characters of it on its button


def overview(
    centre_id: int,
    open_ones: list[Decision],
    mine: dict[int, Mine | None],
    recent: list[Decision],
    page: int,
    speak: Speech,
    now: int,
) -> Screen:
    """A page of what is open, with what one has said, and then of what was decided lately.

    A page that is not there becomes the last one.
    """
    entries = [(each, _running(each, mine, speak, now)) for each in open_ones]
    entries += [
        (each, outcomes.short(each, speak, _named(each, QUESTION, speak))) for each in recent
    ]
    pages = _pages(entries)
    page = min(max(page, 0), len(pages) - 1)
    parts = [] if open_ones else [speak("Nothing is being decided right now.")]
    parts += [told for each, told in pages[page] if each.status == "open"]
    lately = [told for each, told in pages[page] if each.status != "open"]
    if lately:
        parts.append(lines(speak("<b>Closed lately</b>"), *lately))
    rows = [*column(*(_open(each, speak) for each, _ in pages[page]))]
    turns = []
    if page:
        turns.append(Button(str(speak("Earlier ones")), TurnDecisions(centre_id, page - 1)))
    if page < len(pages) - 1:
        turns.append(Button(str(speak("More")), TurnDecisions(centre_id, page + 1)))
    home = Button(str(speak("Back")), Home(centre_id))
    return Screen(paragraphs(*parts), (*rows, *([tuple(turns)] if turns else []), (home,)))


def outcomes_page(
    centre_id: int, shown: list[Decision], page: int, pages: int, speak: Speech
) -> Screen:
    """A page of what was ever decided, each with its day; PAGE to a page fit into a message."""
    told = [
        lines(
            speak.date(each.closed_at or each.opened_at),
            outcomes.short(each, speak, _named(each, QUESTION, speak)),
        )
        for each in shown
    ]
    turns = []
    if page > 1:
        turns.append(Button(str(speak("Earlier ones")), ShowOutcomes(centre_id, page - 1)))
    if page < pages:
        turns.append(Button(str(speak("More")), ShowOutcomes(centre_id, page + 1)))
    rows = [*column(*(_open(each, speak) for each in shown)), *([tuple(turns)] if turns else [])]
    back = Button(str(speak("All minutes")), ListMinutes(centre_id, 1))
    parts = told or [speak("Nothing has been decided yet.")]
    return Screen(paragraphs(speak("<b>What we decided</b>"), *parts), (*rows, (back,)))


def _pages(entries: list[Entry]) -> list[list[Entry]]:
    """As many to a page as fit; one page at least."""
    pages: list[list[Entry]] = [[]]
    room = ROOM
    for entry in entries:
        units = length(entry[1]) + 2  # and the empty line before the next
        if len(pages[-1]) == PAGE or units > room:
            pages.append([])
            room = ROOM
        pages[-1].append(entry)
        room -= units
    return pages


def _running(decision: Decision, mine: dict[int, Mine | None], speak: Speech, now: int) -> Markup:
    """The question, until when it is open, and what one has said where one takes part."""
    said = None
    if decision.id in mine:
        given = mine[decision.id]
        said = briefly(decision.rule, given.choice if given else None, speak)
    named = Markup("<b>{}</b>").format(_named(decision, QUESTION, speak))
    return lines(named, until(decision.closes_at, speak, now), said)


def _named(decision: Decision, limit: int, speak: Speech) -> str:
    """The question in at most `limit` characters; a later version says so, at the end."""
    number = version(decision, speak)
    if number is None:
        return fitting(decision.question, limit)
    suffix = f" ({number.unescape()})"
    return fitting(decision.question, limit - len(suffix)) + suffix


def _open(decision: Decision, speak: Speech) -> Button:
    label = _named(decision, LABEL, speak)
    return Button(label, SeeDecision(decision.centre_id, decision.id))
