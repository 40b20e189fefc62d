"""Who can take part in a question whose people were picked by hand: their names, for all members.

Whoever is asked in secret among a few must know among whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from assembly.alphabet import place
from handlers.core.names import known_as
from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen, lines, paragraphs
from handlers.core.speech import Speech
from handlers.decisions.presses import SeeNamed
from handlers.decisions.results.screens.outcomes import question
from storage.decisions import Decision

PAGE = 40  # names in a message
FEW = 12  # so many stand below the question itself


def named(decision: Decision, names: Sequence[str], page: int, speak: Speech) -> Screen:
    """A page of the names, one a line."""
    known = _in_order(names, speak)
    page = min(max(page, 0), max(len(known) - 1, 0) // PAGE)
    ids = decision.centre_id, decision.id
    turns = []
    if page:
        turns.append(Button(str(speak("Earlier ones")), SeeNamed(*ids, page - 1)))
    if (page + 1) * PAGE < len(known):
        turns.append(Button(str(speak("Further names")), SeeNamed(*ids, page + 1)))
    shown = known[page * PAGE : (page + 1) * PAGE]
    return Screen(
        paragraphs(
            lines(speak("<b>Who can take part</b>"), question(decision)),
            lines(*shown) if shown else speak("Nobody keeps the names any more."),
        ),
        (
            *((tuple(turns),) if turns else ()),
            (Button(str(speak("Back")), SeeDecision(*ids)),),
        ),
    )


def with_names(screen: Screen, decision: Decision, names: Sequence[str], speak: Speech) -> Screen:
    """The screen with the names below it; with the way to them, above the way back, if many."""
    if not names:
        return screen
    known = _in_order(names, speak)
    if len(known) <= FEW:
        told = speak("Asked by name: {names}", names=Markup(", ").join(known))
        return replace(screen, text=paragraphs(screen.text, told))
    *rows, back = screen.buttons
    there = Button(str(speak("Who can take part")), SeeNamed(decision.centre_id, decision.id, 0))
    return replace(screen, buttons=(*rows, (there,), back))


def _in_order(names: Sequence[str], speak: Speech) -> list[str]:
    return sorted((known_as(each, speak) for each in names), key=place)
