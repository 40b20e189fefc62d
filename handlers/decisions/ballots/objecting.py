"""Why somebody objects, stands aside or blocks: asked after the press, typed, kept in the ballot.

Nothing of it is a draft: a draft's row would tell who objects.
"""

from __future__ import annotations

from assembly import wording
from assembly.wording import OBJECTION, WordingError
from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.may import May, ask_anew, rests
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, presses
from handlers.core.screens.plain import too_little
from handlers.decisions.ballots import paper
from handlers.decisions.ballots.presses import LeaveReason, TakeOutReason
from handlers.decisions.ballots.screens import own_ballot as screens
from storage import reasons
from storage.drafts import Draft
from storage.reasons import Awaited


async def awaited_reason(context: Context, draft: Draft | None) -> Awaited | None:
    """The objection that waits for what is typed now; None where something asked after it did."""
    keys, telegram_id = context.services.keys, context.who().id
    awaited = await reasons.awaiting_reason(context.tx, keys, telegram_id, context.now)
    if awaited is None or (draft is not None and draft.updated_at > awaited.since):
        return None
    return awaited


async def take_reason(awaited: Awaited, context: Context) -> None:
    """What was typed goes into the ballot, if it fits."""
    if not await enter(context, awaited.centre_id):
        return
    if rests(context):
        await ask_anew(context)
        return
    try:
        reason = wording.objection(context.text)
    except WordingError as misfit:
        await _ask_again(awaited, misfit, context)
        return
    await _give(reason, awaited.decision_id, context)
    decision = await paper.open_to(awaited.decision_id, context)
    if decision is not None:
        given = (await paper.mine_of(context))[decision.id]
        context.show(
            screens.reason_taken(paper.sheet(decision, given, context.speak), context.speak)
        )


async def show_question(awaited: Awaited, context: Context) -> None:
    """To somebody whose answer may have been lost."""
    if await enter(context, awaited.centre_id):
        await context.go(SeeDecision(context.centre.id, awaited.decision_id))


async def leave_reason(press: LeaveReason, context: Context) -> None:
    """The objection counts as it is."""
    if await paper.open_to(press.decision_id, context) is not None:
        await _give("", press.decision_id, context)
    await context.go(SeeDecision(context.centre.id, press.decision_id))


async def take_out(press: TakeOutReason, context: Context) -> None:
    """It was no reason, or shall not be read: the objection stays."""
    if await paper.open_to(press.decision_id, context) is not None:
        keys, telegram_id = context.services.keys, context.member.telegram_id
        ids = {"telegram_id": telegram_id, "decision_id": press.decision_id}
        if await reasons.take_out(context.tx, keys, **ids, now=context.now):
            context.toast(context.speak("It is out. Your ballot stays."))
    await context.go(SeeDecision(context.centre.id, press.decision_id))


async def _give(reason: str, decision_id: int, context: Context) -> bool:
    return await reasons.give_reason(
        context.tx,
        context.services.keys,
        telegram_id=context.who().id,
        decision_id=decision_id,
        reason=reason,
        now=context.now,
    )


async def _ask_again(awaited: Awaited, misfit: WordingError, context: Context) -> None:
    decision = await paper.open_to(awaited.decision_id, context)
    why = None if decision is None else await paper.ask_reason(decision, context)
    if why is None:
        return
    if misfit.kind == "long":
        problem = screens.misfit(misfit.length, misfit.limit, context.speak)
    else:
        problem = too_little(OBJECTION[0], context.speak)
    context.show(why.on_top(problem))


def register(app: App) -> None:
    app.add_handler(presses(LeaveReason, leave_reason, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TakeOutReason, take_out, may=May.MEMBERS_IN_PRIVATE))
