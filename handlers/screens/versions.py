"""A question that was put again: which version it is, and the way to what was said before."""

from __future__ import annotations

from markupsafe import Markup

from handlers.decision_presses import SeeDecision
from handlers.question_presses import PutAgain
from handlers.screen import Button, Screen
from handlers.speech import Speech
from storage.decisions import Decision


def version(decision: Decision, speak: Speech) -> Markup | None:
    """`Version 2`, from the second on."""
    return speak("Version {n}", n=decision.version) if decision.version > 1 else None


def with_versions(
    screen: Screen, decision: Decision, speak: Speech, *, may_put_again: bool
) -> Screen:
    """With the way to the version before, and for facilitators to the next, above the way back."""
    *rows, back = screen.buttons
    centre_id = decision.centre_id
    if decision.previous_id is not None:
        before = SeeDecision(centre_id, decision.previous_id)
        rows.append((Button(str(speak("What was said before")), before),))
    if may_put_again:
        again = PutAgain(centre_id, decision.id)
        rows.append((Button(str(speak("Put it again, changed")), again),))
    return Screen(screen.text, (*rows, back), picture=screen.picture, file=screen.file)
