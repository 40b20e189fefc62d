"""Putting a question that is ready: from here on neither its words nor its people change."""

from __future__ import annotations

from assembly.deadlines import closing as closes
from assembly.fitting import misfits
from assembly.named_list import Standing
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, SeeDecision
from handlers.core.notices import on_its_way
from handlers.core.registration import App, presses
from handlers.decisions import closing
from handlers.decisions.history import note
from handlers.decisions.presses import OpenDecision
from handlers.decisions.putting import draft as question_draft
from handlers.decisions.putting import named_lists, newcomers
from handlers.decisions.putting.draft import Question
from handlers.decisions.putting.preview import (
    Heads,
    found,
    list_standing,
    people,
    show_preview,
    whom_named,
)
from storage import assemblies, decisions
from storage.audit import Action
from storage.decisions import Motion


async def open_decision(press: OpenDecision, context: Context) -> None:
    """Put it: the electorate is frozen, the group reads it, its closing is planned."""
    question = await found(context)
    if question is None or await _too_late(question, context):
        return
    there = await people(question, context)
    if misfits(question.rule, there.heads) or not there.can_be_asked(question.rule):
        context.toast(context.speak("Who can take part has changed. Look again."), alert=True)
        await show_preview(question, context)
        return
    if await list_standing(question, context) not in (None, Standing.CONFIRMED):
        context.toast(context.speak("This list of names has no second yes."), alert=True)
        await show_preview(question, context)
        return
    if press.sign != question.sign:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        await show_preview(question, context)
        return
    await question_draft.forget(context)
    if question.previous_id is not None:
        later = await decisions.next_version(context.tx, context.centre.id, question.previous_id)
        if later is not None:
            context.toast(context.speak("It was put again already."))
            await context.go(SeeDecision(context.centre.id, later))
            return
    await _put(question, there.present, context)


async def _too_late(question: Question, context: Context) -> bool:
    """Whoever only chairs puts what belongs to the assembly that is open, and says so otherwise."""
    if context.facilitates:
        return False
    about = question.assembly_id or 0
    assembly = await assemblies.find(context.tx, context.centre.id, about)
    over = assembly is None or assembly.status != "open"
    if over:
        context.toast(context.speak("This assembly is not open any more."), alert=True)
    return over


async def _put(question: Question, present: Heads | None, context: Context) -> None:
    centre, now = context.centre, context.now
    motion = Motion(
        centre.id,
        question.text or "",
        question.rule,
        bytes.fromhex(question.seed),
        closes_at=closes(question.span, now, centre.clock),
        assembly_id=question.assembly_id,
        item_id=question.item_id,
        named=await whom_named(question, context),
        present=present,
        previous_id=question.previous_id,
    )
    decision_id = await decisions.put(context.tx, context.services.keys, motion, now)
    decision = await decisions.get(context.tx, centre.id, decision_id) if decision_id else None
    if decision is None:
        context.toast(context.speak("This is being decided already."), alert=True)
        await context.go(Facilitate(context.centre.id))
        return
    await note(context, decision, Action.PUT)
    await named_lists.note_yes(decision, context)
    await named_lists.withdraw(context)
    await newcomers.tell(decision, context)
    await closing.announce(context.unit, centre, decision)
    context.toast(await on_its_way(context.unit, centre, context.speak))
    await context.go(SeeDecision(context.centre.id, decision.id))


def register(app: App) -> None:
    app.add_handler(presses(OpenDecision, open_decision, may=May.CHAIRS))
