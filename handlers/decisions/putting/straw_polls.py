"""A straw poll: the question goes to the group as a poll of Telegram's own, and decides nothing.

No electorate, no quorum, no outcome, and nothing about it is stored but the row that sends it.
"""

from __future__ import annotations

from dataclasses import replace

from assembly.deadlines import closing as closes
from assembly.straw_poll import excess
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate
from handlers.core.notices import on_its_way
from handlers.core.poll import Poll
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from handlers.decisions.putting import draft as question_draft
from handlers.decisions.putting.draft import Question
from handlers.decisions.putting.presses import PutStrawPoll, SeeStrawPoll, StrawPollUntil
from handlers.decisions.putting.preview import closings, found
from handlers.decisions.putting.screens import straw_polls as screens


async def see(_: SeeStrawPoll, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await _show(question, context)


async def choose_span(press: StrawPollUntil, context: Context) -> None:
    question = await found(context)
    if question is not None:
        await _show(replace(question, span=press.span), context)


async def put(press: PutStrawPoll, context: Context) -> None:
    """Post it, and let go the draft: whoever presses once more finds nothing to put."""
    question = await found(context)
    if question is None:
        return
    poll = _poll(question, context)
    if excess(poll.question, poll.options) is not None:
        await _show(question, context)
        return
    if press.sign != question.sign:
        context.toast(context.speak("This button belongs to an older message."), alert=True)
        await _show(question, context)
        return
    await question_draft.forget(context)
    centre = context.centre
    key = f"centre:{centre.id}:straw-poll:{question.commitment[:16]}"
    await context.unit.post_poll_to_group(centre, key, poll)
    context.toast(await on_its_way(context.unit, centre, context.speak))
    await context.go(Facilitate(context.centre.id))


async def _show(question: Question, context: Context) -> None:
    """As the group will see it, or what does not fit."""
    await question_draft.keep(replace(question, step=""), context)
    centre = context.centre
    poll = _poll(question, context)
    misfit = excess(poll.question, poll.options)
    if misfit is not None:
        context.show(screens.misfit(centre.id, misfit, context.speak))
        return
    offered = closings(question, context)
    context.show(
        screens.preview(centre.id, poll, offered, question.sign, context.speak, context.now)
    )


def _poll(question: Question, context: Context) -> Poll:
    """What the group gets, in the group's language."""
    centre = context.centre
    closes_at = closes(question.span, context.now, centre.clock)
    speak = Speech.of(centre)
    return screens.posted(question.text or "", question.rule.options, closes_at, speak)


def register(app: App) -> None:
    app.add_handler(presses(SeeStrawPoll, see, may=May.FACILITATORS))
    app.add_handler(presses(StrawPollUntil, choose_span, may=May.FACILITATORS))
    app.add_handler(presses(PutStrawPoll, put, may=May.FACILITATORS))
