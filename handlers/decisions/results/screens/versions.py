"""A question that was put again: which version it is, and the way to what was said before."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from assembly.counting.table import form
from handlers.core.navigation import SeeDecision
from handlers.core.screen import Button, Screen
from handlers.core.speech import Speech
from handlers.decisions.presses import PutAgain
from handlers.decisions.results.screens.outcomes import came
from handlers.decisions.results.screens.words import figures
from storage.decisions import Decision


def version(decision: Decision, speak: Speech) -> Markup | None:
    """`Version 2`, from the second on."""
    return speak("Version {n}", n=decision.version) if decision.version > 1 else None


def met_objections(decision: Decision) -> bool:
    """Whether it is a question of consent that was objected to, as everybody read at its end."""
    if "object" not in form(decision.rule).words or decision.status != "closed":
        return False
    told = figures(decision.rule, came(decision))
    objections = told.votes.get("object", 0) if told is not None else 0
    return decision.result == "not_carried" or objections > 0


def with_versions(
    screen: Screen, decision: Decision, speak: Speech, *, facilitates: bool
) -> Screen:
    """With the way to the version before, and for facilitators to the next, above the way back."""
    *rows, back = screen.buttons
    centre_id = decision.centre_id
    if decision.previous_id is not None:
        before = SeeDecision(centre_id, decision.previous_id)
        rows.append((Button(str(speak("What was said before")), before),))
    if facilitates and met_objections(decision):
        again = PutAgain(centre_id, decision.id)
        rows.append((Button(str(speak("Put it again, changed")), again),))
    return replace(screen, buttons=(*rows, back))
