"""A question while it is being prepared: who could take part, how it looks, what does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from assembly import named_list
from assembly.choosing import needs_present
from assembly.deadlines import choices
from assembly.deadlines import closing as closes
from assembly.fitting import instead, misfits
from assembly.immutable import immutable
from assembly.named_list import Standing
from assembly.roles import Role
from assembly.rule import Electorate, Rule, Secrecy
from handlers.core.context import Context
from handlers.core.navigation import Facilitate
from handlers.decisions.putting import draft as question_draft
from handlers.decisions.putting.draft import Question
from handlers.decisions.putting.screens import questions as screens
from handlers.decisions.putting.screens.closings import Closings
from handlers.decisions.putting.screens.questions import Hindrance, Newcomers
from storage import (
    assemblies,
    decisions,
    drafts,
    electorates,
    facilitators,
    in_person,
    members,
    named_lists,
    newcomers,
    presences,
)
from storage.decisions import Decision
from storage.electorates import Candidates
from storage.facilitators import Facilitator
from storage.members import Member

Heads = dict[Role, int]


@immutable
class People:
    """How many could take part now, by role; `present`: who of them is there.

    None where nobody has said that they are at an open assembly.
    `left_out`: how many can't because they joined less than `days` days ago.
    """

    heads: Heads
    present: Heads | None
    left_out: int
    days: int

    @property
    def number(self) -> int:
        return sum(self.heads.values())

    @property
    def anybody(self) -> bool:
        """Whether there is anybody, if only somebody who has just joined."""
        return self.number + self.left_out > 0

    def can_be_asked(self, rule: Rule) -> bool:
        """Whether there is anybody, and one of them is there where the rule goes by that.

        Where all have just joined there is: they can be asked by name.
        """
        is_there = any((self.present or {}).values())
        return self.anybody and (is_there or not needs_present(rule))


async def people(question: Question, context: Context) -> People:
    """Whom the question would be put to; of a named list those who are still members."""
    here, found = await _here(question, context), await whom(question, context)
    present = None
    if here:
        # A quorum is of those who have a vote (Robert's Rules of Order, 12th ed., 40:1).
        present = dict.fromkeys(Role, 0) | Counter(
            each.role for each in found.members if each.id in here
        )
    heads = Counter(each.role for each in found.members)
    return People(dict(heads), present, found.left_out, found.days)


async def whom(question: Question, context: Context) -> Candidates:
    """The same, one by one."""
    named = await whom_named(question, context)
    ids = context.tx, context.centre.id
    return await electorates.candidates(*ids, question.rule, named, context.now)


async def list_standing(question: Question, context: Context) -> Standing | None:
    """Where a list picked by hand stands; None where the question needs nobody's yes to it."""
    if not named_list.needs_yes(question.rule):
        return None
    kept = await named_lists.of(context.tx, context.member.id)
    listed = [each.id for each in (await whom(question, context)).members]
    asked = kept.asked if kept is not None else None
    somebody = bool(await may_answer(context.member, context))
    return named_list.standing(listed, asked, context.now, somebody=somebody)


async def may_answer(asker: Member, context: Context) -> list[Facilitator]:
    """The facilitators who may say yes to a list that this one has picked."""
    centre, now = context.centre, context.now
    days = (await newcomers.waiting(context.tx, centre.id)).at(centre.created_at, now)
    may = {
        each.id
        for each in await members.active(context.tx, centre.id)
        if named_list.may_answer(asker.role, each.role, each.joined_at, days, now)
    }
    contacts = await facilitators.contacts(context.tx, centre.id, now)
    return [each for each in contacts if each.member_id in may]


async def whom_named(question: Question, context: Context) -> Collection[int]:
    """The members by id whom a rule by name or by presence goes by."""
    if question.rule.electorate is not Electorate.PRESENT:
        return question.named
    if question.assembly_id is None:
        return ()
    return await presences.members_present(context.tx, question.assembly_id)


async def _here(question: Question, context: Context) -> set[int]:
    """Which members have said that they are at the assembly, if it is open."""
    if question.assembly_id is None:
        return set()
    assembly = await assemblies.find(context.tx, context.centre.id, question.assembly_id)
    if assembly is None or assembly.status != "open":
        return set()
    return {*await presences.members_present(context.tx, assembly.id)}


async def fitted(question: Question, context: Context) -> Question:
    """The question under the nearest rule that is possible, for what nobody has chosen yet.

    That it is open, with names, is never settled by the way: whoever puts it chooses that.
    """
    rule = question.rule
    nearest = instead(rule, (await people(question, context)).heads)
    if nearest is None:
        return question
    if nearest.secrecy is Secrecy.OPEN:
        nearest = replace(nearest, secrecy=rule.secrecy)
    return replace(question, rule=nearest)


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
    there = await people(question, context)
    sketch = await in_person.with_people(context.tx, await _sketch(question, there, context))
    context.show(
        screens.preview(
            sketch,
            closings(question, context),
            question.sign,
            context.speak,
            context.now,
            await _hindrance(question, there, context),
            Newcomers(there.left_out, there.days),
        )
    )


def closings(question: Question, context: Context) -> Closings:
    """When the question could close, in the centre's zone."""
    now, zone = context.now, context.centre.clock
    return Closings(question.span, {span: closes(span, now, zone) for span in choices(now, zone)})


async def _hindrance(question: Question, there: People, context: Context) -> Hindrance | None:
    """What is in the way of putting it, if anything is."""
    rule = question.rule
    if not there.can_be_asked(rule):
        return Hindrance()
    if unfit := misfits(rule, there.heads):
        return Hindrance(unfit, instead(rule, there.heads))
    standing = await list_standing(question, context)
    if standing in (None, Standing.CONFIRMED):
        return None
    return Hindrance(standing=standing)


async def gone(context: Context) -> None:
    """It was put or left, on another screen perhaps."""
    other = await drafts.find(context.tx, context.member.telegram_id)
    if other is None or other.kind == question_draft.KIND:
        context.toast(context.speak("This question was put or left already."))
    else:
        context.toast(
            context.speak("Something else took this question’s place. Nothing was posted.")
        )
    await context.go(Facilitate(context.centre.id))


async def _sketch(question: Question, there: People, context: Context) -> Decision:
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
        electorate=there.number,
        status="open",
        opened_at=now,
        closes_at=closes(question.span, now, centre.clock),
        closed_at=None,
        result=None,
        outcome=None,
        reason=None,
        version=version,
        previous_id=question.previous_id,
    )
