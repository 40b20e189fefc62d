"""The names of those who were picked by hand to take part, while the question is open."""

from __future__ import annotations

from assembly.rule import Electorate
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.decisions.presses import SeeNamed
from handlers.decisions.screens import named as screens
from storage import decisions, named_lists
from storage.decisions import Decision


async def show(press: SeeNamed, context: Context) -> None:
    """For every member: a list that nobody sees could be anybody's."""
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    if decision is None:
        await context.go(SeeDecision(press.centre_id, press.decision_id))
        return
    names = await names_of(decision, context)
    context.show(screens.named(decision, names, press.page, context.speak))


async def names_of(decision: Decision, context: Context) -> list[str]:
    """The names of an open question's electorate that was picked by hand; none otherwise."""
    if decision.status != "open" or decision.rule.electorate is not Electorate.NAMED:
        return []
    return await named_lists.named(context.tx, decision.id)


def register(app: App) -> None:
    app.add_handler(presses(SeeNamed, show, may=May.MEMBERS_IN_PRIVATE))
