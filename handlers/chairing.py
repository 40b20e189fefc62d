"""What facilitators do while a question is open: keep it open longer, close it, cancel it."""

from __future__ import annotations

from assembly import wording
from assembly.deadlines import may_extend
from assembly.hall import counted, room, settled
from handlers import closing
from handlers.context import Context
from handlers.decision_presses import CancelDecision, CloseDecision, Extend
from handlers.decisions import show_decision
from handlers.facilitate import at_the_desk
from handlers.guards import enter, refuse
from handlers.history import note
from handlers.registration import App, presses, typed
from handlers.screen import Screen
from handlers.screens import questions as screens
from handlers.screens.hall import before_closing
from storage import ballots, decisions, drafts, hall
from storage.audit import Action
from storage.decisions import Decision
from storage.drafts import Draft

KIND = "cancel-decision"  # the draft in which the reason is typed; its step is the decision's id


@at_the_desk
async def extend(press: Extend, context: Context) -> None:
    """Move the closing to the moment that the button named; pressed twice, the same moment."""
    decision = await _open_one(context, press.decision_id)
    if decision is None or decision.closes_at is None:
        return
    if may_extend(decision.closes_at, press.until, decision.opened_at):
        await decisions.extend(context.tx, press.centre_id, decision.id, press.until)
        times = {"from": decision.closes_at, "to": press.until}
        await note(context, decision, Action.EXTENDED, times)
        later = await decisions.get(context.tx, press.centre_id, decision.id)
        if later is not None:
            await closing.moved(context.unit, context.centre, later)
    await show_decision(context, decision.id)


@at_the_desk
async def close(press: CloseDecision, context: Context) -> None:
    """Close it early, after asking once."""
    decision = await _open_one(context, press.decision_id)
    if decision is None:
        return
    if not press.sure:
        context.show(await _sure_to_close(decision, context))
        return
    if await closing.close(context.unit, context.centre, decision):
        await note(context, decision, Action.CLOSED)
    await show_decision(context, decision.id)


async def _sure_to_close(decision: Decision, context: Context) -> Screen:
    """Asks once: has everybody taken part, and what of the hall would not count?"""
    missing = await ballots.silent(context.tx, context.services.keys, decision.id)
    asked = screens.sure_to_close(decision, context.speak, everybody=not missing)
    said = await hall.people(context.tx, decision.assembly_id or 0)
    people = room(counted(settled(said), decision.rule) or {}, None)
    entry = await hall.entry(context.tx, decision.centre_id, decision.id)
    return before_closing(asked, people, entry, context.speak)


@at_the_desk
async def cancel(press: CancelDecision, context: Context) -> None:
    """Cancel it: the reason comes first."""
    decision = await _open_one(context, press.decision_id)
    if decision is None:
        return
    telegram_id, centre_id = context.member.telegram_id, context.centre.id
    draft = Draft(telegram_id, centre_id, KIND, str(decision.id), None, None, context.now)
    await drafts.save(context.tx, draft)
    context.show(screens.why_cancel(decision, context.speak))


async def take_reason(draft: Draft, context: Context) -> None:
    """The reason was typed: now it is cancelled."""
    if not await enter(context, draft.centre_id) or not context.facilitates:
        await drafts.remove(context.tx, draft.telegram_id)
        await refuse(context)
        return
    decision = await _open_one(context, int(draft.step))
    if decision is None:
        await drafts.remove(context.tx, draft.telegram_id)
        return
    try:
        reason = wording.reason(context.text)
    except wording.WordingError:
        context.show(screens.why_cancel(decision, context.speak))
        return
    await drafts.remove(context.tx, draft.telegram_id)
    if await closing.cancel(context.unit, context.centre, decision, reason):
        await note(context, decision, Action.CANCELLED, {"reason": reason})
    await show_decision(context, decision.id)


async def ask_reason_again(draft: Draft, context: Context) -> None:
    if not await enter(context, draft.centre_id) or not context.facilitates:
        return
    decision = await _open_one(context, int(draft.step))
    if decision is not None:
        context.show(screens.why_cancel(decision, context.speak))


async def _open_one(context: Context, decision_id: int) -> Decision | None:
    """The decision while it is open; otherwise says that it is over, and shows it."""
    decision = await decisions.get(context.tx, context.centre.id, decision_id)
    if decision is not None and decision.status == "open":
        return decision
    if context.incoming.callback_query is not None:
        context.toast(context.speak("This is over already."))
    await show_decision(context, decision_id)
    return None


def register(app: App) -> None:
    typed(KIND, take_reason, resume=ask_reason_again)
    app.add_handler(presses(Extend, extend))
    app.add_handler(presses(CloseDecision, close))
    app.add_handler(presses(CancelDecision, cancel))
