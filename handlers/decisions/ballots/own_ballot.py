"""A member's own ballot: filled in tap by tap, opened from a link, found again by its tracker."""

from __future__ import annotations

from assembly import marking
from assembly.ballot import Misvote
from assembly.rule import Secrecy
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.home import speak_as_known
from handlers.core.may import May
from handlers.core.navigation import ASKING, SeeDecision
from handlers.core.registration import App, deep_link, linked_id, links, presses
from handlers.core.screens.home import broken_link
from handlers.decisions.ballots import paper
from handlers.decisions.ballots.presses import Fill, OnRoll, ShowTracker
from handlers.decisions.ballots.screens import own_ballot as screens
from handlers.decisions.results.screens.ballot_files import on_roll
from storage import ballots, decisions, published

LINK = "decide"  # `?start=decide_12` opens the ballot of decision 12


async def fill(press: Fill, context: Context) -> None:
    """The ballot with one mark more or less; nothing is stored."""
    decision = await paper.open_to(press.decision_id, context)
    if decision is None:
        await context.go(SeeDecision(context.centre.id, press.decision_id))
        return
    try:
        marks = marking.read(press.marks, decision.rule)
    except Misvote:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        marks = None
    context.show(await paper.ballot(decision, context, marks), about=decision.id)


async def show_tracker(press: ShowTracker, context: Context) -> None:
    """In an alert that stays nowhere, and only when it is asked for."""
    decision = await paper.open_to(press.decision_id, context)
    if decision is None:
        return
    keys = context.services.keys
    signs = await ballots.tracker(context.tx, keys, decision.id, context.member.id)
    if signs is None or decision.rule.secrecy is not Secrecy.SECRET:
        context.toast(context.speak("There is no ballot of yours to be found here."), alert=True)
    else:
        context.toast(screens.tracker(signs, context.speak), alert=True)


async def show_on_roll(press: OnRoll, context: Context) -> None:
    """One's own line, and what finds it: to be copied, so it is a message in one's own chat."""
    speak, keys = context.speak, context.services.keys
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    if decision is None or decision.head is None:
        context.toast(speak("There is no list of who took part in this one."), alert=True)
        return
    mine = await published.receipt(context.tx, keys, decision, context.member.id)
    if mine is None:
        context.toast(speak("No ballot of yours was counted: you gave none by phone."), alert=True)
    else:
        context.show(on_roll(decision, mine, speak))


async def _centre_of_decision(rest: str, context: Context) -> int | None:
    decision_id = linked_id(rest)
    return None if decision_id is None else await decisions.centre_of(context.tx, decision_id)


async def open_link(rest: str, context: Context) -> None:
    """The link under the group's question: one's own ballot, or the outcome."""
    decision_id, centre_id = linked_id(rest), await _centre_of_decision(rest, context)
    if decision_id is None or centre_id is None:
        await speak_as_known(context)
        context.show(broken_link(context.speak))
    elif await enter(context, centre_id):
        await context.go(SeeDecision(context.centre.id, decision_id))
    else:
        await links[ASKING](str(centre_id), context)


def register(app: App) -> None:
    deep_link(LINK, open_link, may=May.ANYBODY, centre=_centre_of_decision)
    app.add_handler(presses(Fill, fill, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(ShowTracker, show_tracker, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(OnRoll, show_on_roll, may=May.MEMBERS_IN_PRIVATE))
