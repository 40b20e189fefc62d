"""What facilitators do while a question is open: keep it open longer, close it, cancel it."""

from __future__ import annotations

from dataclasses import replace

from assembly import wording
from assembly.deadlines import may_extend
from assembly.in_person import counted, headcount_of, settled
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import SeeDecision
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses, typed
from handlers.core.screen import Screen
from handlers.core.sealed_draft import Content, SealedDraft
from handlers.decisions import closing, early
from handlers.decisions.history import note
from handlers.decisions.presses import CancelDecision, CancelNow, CloseDecision, Extend, KeepOpen
from handlers.decisions.screens import managing as screens
from storage import decisions, drafts, headcount, in_person
from storage.audit import Action
from storage.decisions import Decision
from storage.drafts import Draft

KIND = "cancel-decision"  # the draft in which the reason is typed; its step is the decision's id
_drafts = SealedDraft(KIND, b"reason for cancelling of member %d")


async def extend(press: Extend, context: Context) -> None:
    """Move the closing to the moment that the button named; pressed twice, the same moment."""
    decision = await _open_one(context, press.decision_id)
    if decision is None or decision.closes_at is None:
        return
    if may_extend(decision.closes_at, press.until, decision.opened_at):
        ids = press.centre_id, decision.id
        if await decisions.extend(context.tx, *ids, press.until, context.now):
            times = {"from": decision.closes_at, "to": press.until}
            await note(context, decision, Action.EXTENDED, times)
            await closing.moved(
                context.unit, context.centre, replace(decision, closes_at=press.until)
            )
        else:
            context.toast(context.speak("Time is up. It is being counted."))
    await context.go(SeeDecision(context.centre.id, decision.id))


async def close(press: CloseDecision, context: Context) -> None:
    """Close it early, after asking once."""
    decision = await _open_one(context, press.decision_id)
    if decision is None:
        return
    if not await early.may_close(decision, context):
        context.toast(screens.too_early(context.speak), alert=True)
        await context.go(SeeDecision(context.centre.id, decision.id))
        return
    if not press.sure:
        context.show(await _sure_to_close(decision, context))
        return
    if await closing.close(context.unit, context.centre, decision):
        await note(context, decision, Action.CLOSED)
        await say_if_it_waits(context.unit, context.centre, context.speak)
    await context.go(SeeDecision(context.centre.id, decision.id))


async def _sure_to_close(decision: Decision, context: Context) -> Screen:
    """Asks once: has everybody taken part, and what of the hall would not count?"""
    everybody = await early.everybody(decision, context)
    asked = screens.sure_to_close(decision, context.speak, everybody=everybody)
    said = await headcount.people(context.tx, decision.assembly_id or 0)
    people = headcount_of(counted(settled(said), decision.rule) or {}, None)
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    return screens.before_closing(asked, people, entry, context.speak)


async def cancel(press: CancelDecision, context: Context) -> None:
    """Cancel it: the reason comes first; what else is being written is not lost unasked."""
    decision = await _open_one(context, press.decision_id)
    if decision is None:
        return
    if not press.instead and await asks_first(press, context):
        return
    await _drafts.keep({}, context, str(decision.id))
    context.show(screens.why_cancel(decision, context.speak))


async def take_reason(draft: Draft, context: Context) -> None:
    """The reason was typed: it is shown before anything happens."""
    decision = await _open_one(context, int(draft.step))
    if decision is None:
        await drafts.remove(context.tx, draft.telegram_id)
        return
    try:
        reason = wording.cancelling(context.text)
    except wording.WordingError as error:
        context.show(screens.why_cancel(decision, context.speak, error))
        return
    await _drafts.keep({"reason": reason}, context, draft.step)
    context.show(screens.sure_to_cancel(decision, reason, context.speak))


async def cancel_now(press: CancelNow, context: Context) -> None:
    """Cancel it for the reason that was shown."""
    decision = await _open_one(context, press.decision_id)
    if decision is None:
        return
    step, content = await _drafts.find(context) or ("", {})
    if step != str(decision.id) or "reason" not in content:
        await context.go(SeeDecision(context.centre.id, decision.id))
        return
    await _drafts.forget(context)
    if await closing.cancel(context.unit, context.centre, decision, content["reason"]):
        await note(context, decision, Action.CANCELLED, {"reason": content["reason"]})
        await say_if_it_waits(context.unit, context.centre, context.speak)
    await context.go(SeeDecision(context.centre.id, decision.id))


async def keep_open(press: KeepOpen, context: Context) -> None:
    """It stays as it is; what is typed next is no reason."""
    await _drafts.forget(context)
    await context.go(SeeDecision(context.centre.id, press.decision_id))


async def half_written(context: Context) -> Content | None:
    """The reason that a member is about to give, for their own copy."""
    found = await _drafts.find(context)
    return found[1] if found is not None else None


async def reason_begun(context: Context) -> str | None:
    """How that reason begins; None where none is written yet."""
    content = await half_written(context)
    return content.get("reason") if content is not None else None


async def ask_reason_again(draft: Draft, context: Context) -> None:
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
    await context.go(SeeDecision(context.centre.id, decision_id))
    return None


def register(app: App) -> None:
    typed(
        KIND,
        take_reason,
        resume=ask_reason_again,
        copied=half_written,
        loses=reason_begun,
        may=May.FACILITATORS,
    )
    app.add_handler(presses(Extend, extend, may=May.FACILITATORS))
    app.add_handler(presses(CloseDecision, close, may=May.FACILITATORS))
    app.add_handler(presses(CancelDecision, cancel, may=May.FACILITATORS))
    app.add_handler(presses(CancelNow, cancel_now, may=May.FACILITATORS))
    app.add_handler(presses(KeepOpen, keep_open, may=May.FACILITATORS))
