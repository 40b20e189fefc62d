"""Putting a question to a decision: word it, see how it will be counted, put it."""

from __future__ import annotations

from dataclasses import replace

from assembly import suggestion, wording
from assembly.choosing import Topic
from assembly.deadlines import Span
from assembly.rule import Quorum, Rule
from assembly.suggestion import OptionsError
from assembly.wording import WordingError
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.may import May
from handlers.core.navigation import Facilitate, PutQuestion, SeeDecision
from handlers.core.registration import App, presses, typed
from handlers.core.screens import plain
from handlers.decisions.presses import CloseAfter, LeaveQuestion, Reword
from handlers.decisions.putting import draft as question_draft
from handlers.decisions.putting import named_lists
from handlers.decisions.putting import options as question_options
from handlers.decisions.putting.draft import Question, begun
from handlers.decisions.putting.presses import SeePreview
from handlers.decisions.putting.preview import fitted, found, gone, show_preview
from handlers.decisions.putting.screens import questions as screens
from storage import assemblies, decisions, points
from storage.drafts import Draft


async def put_question(press: PutQuestion, context: Context) -> None:
    """About the item that the assembly is at, or one of the facilitator's own."""
    if not await asks_first(press, context):
        await _begin(press.item_id, context)


async def _begin(item_id: int, context: Context) -> None:
    if item_id:
        await _put_item(item_id, context)
        return
    upcoming = await assemblies.upcoming(context.tx, context.centre.id, context.now)
    during = upcoming[0].id if upcoming and upcoming[0].status == "open" else None
    span = Span.TEN_MINUTES if during else Span.TOMORROW
    await ask(begun(span, _usual(context), during), context)


async def _put_item(item_id: int, context: Context) -> None:
    centre_id = context.centre.id
    item = await points.item(context.tx, centre_id, item_id)
    if item is None or item.assembly_status != "open":
        context.toast(context.speak("This assembly is not open any more."), alert=True)
        return
    for decision in await decisions.open_ones(context.tx, centre_id):
        if decision.item_id == item_id:
            context.toast(context.speak("This is being decided already."))
            await context.go(SeeDecision(context.centre.id, decision.id))
            return
    question = begun(Span.TEN_MINUTES, _usual(context), item.assembly_id, item_id)
    try:
        question = await _worded(question, item.title, context)
    except (WordingError, OptionsError):
        await ask(question, context)
        return
    await show_preview(question, context)


async def take_text(draft: Draft, context: Context) -> None:
    """The question as it was typed, or what was asked for under More."""
    question = await question_draft.find(context)
    if question is None:
        await question_draft.forget(context)
        await context.go(Facilitate(context.centre.id))
    elif question.step and question.text is not None:
        await question_options.take_text(question, Topic(question.step), context)
    else:
        await _take_question(question, context)


async def _take_question(question: Question, context: Context) -> None:
    centre_id, speak = context.centre.id, context.speak
    try:
        question = await _worded(question, context.text, context)
    except WordingError as error:
        context.show(screens.ask(centre_id, speak).on_top(plain.misfit(error, speak)))
    except OptionsError as error:
        context.show(screens.options_misfit(centre_id, error, speak))
    else:
        await show_preview(question, context)


async def _worded(question: Question, text: str, context: Context) -> Question:
    """With these words, their options, and the method that suits them.

    A wording without options keeps those there are, and a new version its rule. Raises
    WordingError and OptionsError.
    """
    read = suggestion.read(text)
    words = wording.question(read.question)
    options = suggestion.labels(read.options) if read.options else ()
    if options or (not question.rule.options and question.previous_id is None):
        rule = _like(question.rule, suggestion.suggest(words, options))
        question = await fitted(replace(question, rule=rule), context)
    return replace(question, text=words)


async def ask_again(draft: Draft, context: Context) -> None:
    question = await question_draft.find(context)
    if question is None:
        return
    if question.text is None:
        await ask(question, context)
    elif question.step:
        await question_options.ask_again(question, Topic(question.step), context)
    else:
        await show_preview(question, context)


async def see_preview(_: SeePreview, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await show_preview(question, context)


async def choose_span(press: CloseAfter, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await show_preview(replace(question, span=press.span), context)


async def reword(_: Reword, context: Context) -> None:
    question = await question_draft.find(context)
    if question is None:
        await gone(context)
        return
    await ask(question, context)


async def leave(_: LeaveQuestion, context: Context) -> None:
    await named_lists.withdraw(context)
    await question_draft.forget(context)
    await context.go(Facilitate(context.centre.id))


async def ask(question: Question, context: Context) -> None:
    """Ask for the words."""
    await question_draft.keep(replace(question, step=""), context)
    before = None
    if question.previous_id is not None:
        before = await decisions.get(context.tx, context.centre.id, question.previous_id)
    if before is None:
        context.show(screens.ask(context.centre.id, context.speak))
    else:
        context.show(screens.ask_changed(before, context.speak))


def _usual(context: Context) -> Rule:
    return Rule(quorum=Quorum(context.centre.quorum))


def _like(rule: Rule, suggested: Rule) -> Rule:
    """The suggested way of deciding, with the people and the quorum that are chosen already."""
    return replace(suggested, quorum=rule.quorum, electorate=rule.electorate, secrecy=rule.secrecy)


def register(app: App) -> None:
    typed(
        question_draft.KIND,
        take_text,
        resume=ask_again,
        copied=question_draft.without_seed,
        loses=question_draft.wording,
        may=May.CHAIRS,
    )
    app.add_handler(presses(PutQuestion, put_question, may=May.CHAIRS))
    app.add_handler(presses(SeePreview, see_preview, may=May.CHAIRS))
    app.add_handler(presses(CloseAfter, choose_span, may=May.CHAIRS))
    app.add_handler(presses(Reword, reword, may=May.CHAIRS))
    app.add_handler(presses(LeaveQuestion, leave, may=May.CHAIRS))
