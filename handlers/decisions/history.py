"""What happened with a decision: facilitators' doings, for every member to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.decisions.named import names_of
from handlers.decisions.presses import SeeHistory
from handlers.decisions.screens import history as screens
from handlers.decisions.screens.named import with_names
from storage import audit, decisions
from storage.audit import Action
from storage.decisions import Decision

SHOWN = 12  # entries; a question that was kept open ten minutes at a time can have hundreds


async def show_history(press: SeeHistory, context: Context) -> None:
    """The latest entries, with their names."""
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    if decision is None:
        await context.go(SeeDecision(context.centre.id, press.decision_id))
        return
    found = await audit.of_decision(context.tx, press.centre_id, decision.id, SHOWN)
    screen = screens.history(decision, found, context.speak)
    names = await names_of(decision, context)
    context.show(with_names(screen, decision, names, context.speak))


async def note(
    context: Context, decision: Decision, action: Action, detail: Mapping[str, Any] | None = None
) -> None:
    """Note what the facilitator who acts has done, with what they did."""
    await audit.note(
        context.tx,
        centre_id=decision.centre_id,
        decision_id=decision.id,
        member_id=context.member.id,
        action=action,
        now=context.now,
        detail=detail,
    )


def register(app: App) -> None:
    app.add_handler(presses(SeeHistory, show_history, may=May.MEMBERS_IN_PRIVATE))
