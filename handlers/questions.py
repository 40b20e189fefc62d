"""Putting a question to a decision: word it, choose how long, see it, put it."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from assembly import wording
from assembly.deadlines import Span, choices
from assembly.deadlines import closing as closes
from handlers import closing, question_draft
from handlers.context import Context
from handlers.decision_presses import (
    CloseAfter,
    LeaveQuestion,
    OpenDecision,
    PutQuestion,
    Reword,
)
from handlers.decisions import show_decision
from handlers.facilitate import at_the_desk, show_hub
from handlers.guards import enter, refuse
from handlers.question_draft import Question
from handlers.registration import App, presses, typed
from handlers.screens import questions as screens
from storage import assemblies, decisions, drafts, members
from storage.decisions import Decision
from storage.drafts import Draft


@at_the_desk
async def put_question(press: PutQuestion, context: Context) -> None:
    """About the item that the assembly is at, or one of the facilitator's own."""
    if press.item_id:
        await _put_item(press.item_id, context)
        return
    upcoming = await assemblies.upcoming(context.tx, press.centre_id, context.now)
    during = upcoming[0].id if upcoming and upcoming[0].status == "open" else None
    span = Span.TEN_MINUTES if during else Span.TOMORROW
    await _ask(Question(None, span, during), context)


async def _put_item(item_id: int, context: Context) -> None:
    centre_id = context.centre.id
    item = await assemblies.item(context.tx, centre_id, item_id)
    if item is None or item.assembly_status != "open":
        context.toast(context.speak("This assembly is not open any more."), alert=True)
        return
    for decision in await decisions.open_ones(context.tx, centre_id):
        if decision.item_id == item_id:
            context.toast(context.speak("This is being decided already."))
            await show_decision(context, decision.id)
            return
    question = Question(None, Span.TEN_MINUTES, item.assembly_id, item_id)
    try:
        question = replace(question, text=wording.question(item.title))
    except wording.WordingError:
        await _ask(question, context)
        return
    await _preview(question, context)


async def take_text(draft: Draft, context: Context) -> None:
    """The question as it was typed."""
    if not await enter(context, draft.centre_id) or not context.facilitates:
        await drafts.remove(context.tx, draft.telegram_id)
        await refuse(context)
        return
    question = await question_draft.find(context)
    if question is None:
        await question_draft.forget(context)
        await show_hub(context)
        return
    try:
        text = wording.question(context.text)
    except wording.WordingError as error:
        context.show(screens.misfit(context.centre.id, error, context.speak))
        return
    await _preview(replace(question, text=text), context)


async def ask_again(draft: Draft, context: Context) -> None:
    question = None
    if await enter(context, draft.centre_id) and context.facilitates:
        question = await question_draft.find(context)
    if question is not None:
        await (_preview if question.text else _ask)(question, context)


@at_the_desk
async def choose_span(press: CloseAfter, context: Context) -> None:
    question = await question_draft.find(context)
    if question is None or question.text is None:
        await _gone(context)
        return
    await _preview(replace(question, span=press.span), context)


@at_the_desk
async def reword(_: Reword, context: Context) -> None:
    question = await question_draft.find(context)
    if question is None:
        await _gone(context)
        return
    await _ask(question, context)


@at_the_desk
async def leave(_: LeaveQuestion, context: Context) -> None:
    await question_draft.forget(context)
    await show_hub(context)


@at_the_desk
async def open_decision(_: OpenDecision, context: Context) -> None:
    """Put it: the electorate is frozen, the group reads it, its closing is planned."""
    question = await question_draft.find(context)
    if question is None or question.text is None:
        await _gone(context)
        return
    await question_draft.forget(context)
    centre, now = context.centre, context.now
    decision_id = await decisions.put(
        context.tx,
        centre_id=centre.id,
        assembly_id=question.assembly_id,
        item_id=question.item_id,
        question=question.text,
        quorum=centre.quorum,
        closes_at=closes(question.span, now, ZoneInfo(centre.zone)),
        now=now,
    )
    decision = await decisions.get(context.tx, centre.id, decision_id) if decision_id else None
    if decision is None:
        context.toast(context.speak("This is being decided already."), alert=True)
        await show_hub(context)
        return
    await closing.announce(context.unit, centre, decision)
    context.toast(context.speak("It is put. The group sees it in a moment."))
    await show_decision(context, decision.id)


async def _ask(question: Question, context: Context) -> None:
    await question_draft.keep(question, context)
    context.show(screens.ask(context.centre.id, context.speak))


async def _preview(question: Question, context: Context) -> None:
    """As the group will see it; nothing of it is stored but the draft."""
    await question_draft.keep(question, context)
    centre, now = context.centre, context.now
    zone = ZoneInfo(centre.zone)
    offered = {span: closes(span, now, zone) for span in choices(now, zone)}
    sketch = Decision(
        id=0,
        centre_id=centre.id,
        assembly_id=question.assembly_id,
        item_id=question.item_id,
        question=question.text or "",
        quorum=centre.quorum,
        electorate=sum((await members.counts(context.tx, centre.id)).values()),
        status="open",
        opened_at=now,
        closes_at=closes(question.span, now, zone),
        closed_at=None,
        result=None,
        outcome=None,
        reason=None,
    )
    context.show(screens.preview(sketch, question.span, offered, context.speak, now))


async def _gone(context: Context) -> None:
    context.toast(context.speak("This question was put or left already."))
    await show_hub(context)


def register(app: App) -> None:
    typed(question_draft.KIND, take_text, resume=ask_again)
    app.add_handler(presses(PutQuestion, put_question))
    app.add_handler(presses(CloseAfter, choose_span))
    app.add_handler(presses(Reword, reword))
    app.add_handler(presses(LeaveQuestion, leave))
    app.add_handler(presses(OpenDecision, open_decision))
