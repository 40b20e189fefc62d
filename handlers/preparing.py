"""A question while it is being prepared: who could take part, how it looks, what does not fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from zoneinfo import ZoneInfo

from assembly.deadlines import choices
from assembly.deadlines import closing as closes
from assembly.fitting import instead, misfits
from assembly.roles import Role
from assembly.rule import Electorate, roles_of
from handlers import question_draft
from handlers.context import Context
from handlers.facilitate import show_hub
from handlers.question_draft import Question
from handlers.screens import questions as screens
from storage import decisions, members
from storage.decisions import Decision

Heads = dict[Role, int]


async def heads(question: Question, context: Context) -> Heads:
    """How many could take part now, by role; of a named list those who are still members."""
    if question.rule.electorate is Electorate.NAMED:
        found = await members.active(context.tx, context.centre.id)
        return dict(Counter(Role(each.role) for each in found if each.id in question.named))
    counts = await members.counts(context.tx, context.centre.id)
    return {role: counts[role] for role in roles_of(question.rule.electorate)}


async def fitted(question: Question, context: Context) -> Question:
    """The question under the nearest rule that is possible, for what nobody has chosen yet."""
    nearest = instead(question.rule, await heads(question, context))
    return question if nearest is None else replace(question, rule=nearest)


async def found(context: Context) -> Question | None:
    """The question that is being prepared, once it is worded; otherwise says that it is gone."""
    question = await question_draft.find(context)
    if question is None or question.text is None:
        await gone(context)
        return None
    return question


async def show_preview(question: Question, context: Context) -> None:
    """As the group will see it; nothing of it is stored but the draft."""
    await question_draft.keep(replace(question, step=""), context)
    now, zone = context.now, ZoneInfo(context.centre.zone)
    people = await heads(question, context)
    screen = screens.preview(
        await _sketch(question, people, context),
        question.span,
        {span: closes(span, now, zone) for span in choices(now, zone)},
        context.speak,
        now,
        misfits=misfits(question.rule, people),
        nearest=instead(question.rule, people),
    )
    context.show(screen)


async def gone(context: Context) -> None:
    """It was put or left, on another screen perhaps."""
    context.toast(context.speak("This question was put or left already."))
    await show_hub(context)


async def _sketch(question: Question, people: Heads, context: Context) -> Decision:
    """The decision that it will be."""
    centre, now = context.centre, context.now
    version = 1
    if question.previous_id is not None:
        before = await decisions.get(context.tx, centre.id, question.previous_id)
        version = before.version + 1 if before is not None else 1
    return Decision(
        id=0,
        centre_id=centre.id,
        assembly_id=question.assembly_id,
        item_id=question.item_id,
        question=question.text or "",
        rule=question.rule,
        electorate=sum(people.values()),
        status="open",
        opened_at=now,
        closes_at=closes(question.span, now, ZoneInfo(centre.zone)),
        closed_at=None,
        result=None,
        outcome=None,
        reason=None,
        version=version,
        previous_id=question.previous_id,
    )
