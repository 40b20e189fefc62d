"""A helper's ballot: a member lets somebody enter theirs, on the helper's phone, once.

Every step asks the database as it is now: whose link it is, who helps, whether it is still open.
What the member hears goes out with the commit and is in no table: it would tell who was helped.
"""

from __future__ import annotations

from dataclasses import replace

from assembly import marking
from assembly.ballot import Misvote
from assembly.counting.table import form
from assembly.forms.form import Marks
from assembly.immutable import immutable
from handlers.core.context import Context
from handlers.core.guards import enter, refuse
from handlers.core.may import May, ask_anew, rests
from handlers.core.navigation import SeeDecision
from handlers.core.registration import App, deep_link, presses
from handlers.core.screen import Screen
from handlers.core.speech_to import speech_to
from handlers.core.unit_of_work import Show
from handlers.decisions.ballots import paper
from handlers.decisions.ballots.helping_presses import (
    AcceptHelp,
    CastFor,
    FillFor,
    LetHelp,
    MakeHelpLink,
)
from handlers.decisions.ballots.screens import helping as screens
from handlers.decisions.ballots.screens import own_ballot as paper_screens
from storage import decisions, helpings, in_person, members
from storage.decisions import Decision
from storage.helpings import Helping
from storage.members import Member

LINK = "help"  # `?start=help_<token>`


@immutable
class Case:
    """A link that is good: whose ballot, in which decision."""

    helping: Helping
    decision: Decision
    member: Member


async def say_what_it_means(press: LetHelp, context: Context) -> None:
    decision = await paper.open_to(press.decision_id, context)
    if decision is None:
        await context.go(SeeDecision(context.centre.id, press.decision_id))
    elif await helpings.entered(context.tx, context.services.keys, decision.id, context.member.id):
        context.show(screens.done_already(decision, context.speak, context.now))
    else:
        context.show(screens.meaning(decision, context.speak, context.now))


async def make_link(press: MakeHelpLink, context: Context) -> None:
    """Its token is in this one screen and nowhere else."""
    decision = await paper.open_to(press.decision_id, context)
    if decision is None:
        await context.go(SeeDecision(context.centre.id, press.decision_id))
        return
    token = await helpings.begin(
        context.tx,
        context.services.keys,
        centre_id=decision.centre_id,
        decision_id=decision.id,
        member_id=context.member.id,
    )
    if token is None:
        context.show(screens.done_already(decision, context.speak, context.now))
        return
    address = context.services.link(f"{LINK}_{token}")
    context.show(screens.link(decision, address, context.speak))


async def open_link(token: str, context: Context) -> None:
    """Somebody opened it: only a member of the same centre learns what it is for."""
    keys = context.services.keys
    helping = await helpings.find(context.tx, keys, token, context.now)
    if helping is None:
        known = await enter(context)
        context.show(screens.ended(context.speak, context.centre.id if known else None))
    elif not await enter(context, helping.centre_id):
        await refuse(context)
    elif rests(context):
        await ask_anew(context)
    else:
        await _go_on(helping, token, context)


async def accept(press: AcceptHelp, context: Context) -> None:
    """I'll help: from now on the link is this helper's."""
    keys = context.services.keys
    helping = await helpings.find(context.tx, keys, press.token, context.now)
    if helping is None or helping.centre_id != press.centre_id:
        context.show(screens.ended(context.speak, context.centre.id))
        return
    case = await _case(helping, context)
    if case is None or helping.helper is not None or case.member.id == context.member.id:
        await _go_on(helping, press.token, context)
    elif await helpings.accept(context.tx, keys, helping, context.member.id):
        context.show(_paper(case, marking.blank(case.decision.rule), context))
    else:
        context.show(screens.enough(case.decision, context.speak))


async def fill(press: FillFor, context: Context) -> None:
    """The member's ballot with one mark more or less; nothing is stored."""
    case = await _mine_to_enter(press.centre_id, press.ref, context)
    if case is None:
        context.show(screens.ended(context.speak, context.centre.id))
        return
    try:
        marks = marking.read(press.marks, case.decision.rule)
    except Misvote:
        marks = marking.blank(case.decision.rule)
    context.show(_paper(case, marks, context))


async def cast(press: CastFor, context: Context) -> None:
    """Enter it: the helper's part is done, and the member hears of it."""
    case = await _mine_to_enter(press.centre_id, press.ref, context)
    if case is None:
        context.show(screens.ended(context.speak, context.centre.id))
        return
    keys, decision = context.services.keys, case.decision
    try:
        form(decision.rule).check(press.choice, decision.rule)
    except Misvote:
        context.show(_paper(case, marking.blank(decision.rule), context))
        return
    helper, now = context.member, context.now
    if not await helpings.enter(context.tx, keys, case.helping, helper.id, press.choice, now):
        context.show(screens.ended(context.speak, context.centre.id))
        return
    context.show(screens.entered(decision, case.member.name, context.speak, now))
    await _tell(case, press.choice, context)


async def _tell(case: Case, choice: str, context: Context) -> None:
    """Without a row in the outbox: it would name the member, and the moment of a ballot."""
    speak = await speech_to(context.tx, context.centre, case.member.telegram_id)
    screen = screens.told(case.decision, context.member.name, speak, context.now, choice=choice)
    context.unit.shows.append(Show(case.member.telegram_id, screen))


async def _go_on(helping: Helping, token: str, context: Context) -> None:
    """What the link leads to for the member who looks."""
    case = await _case(helping, context)
    if case is None:
        context.show(screens.ended(context.speak, context.centre.id))
    elif case.member.id == context.member.id:
        context.show(screens.own(case.decision, context.speak))
    elif helping.helper is None:
        context.show(screens.asked(case.decision, case.member.name, token, context.speak))
    elif await helpings.is_helper(context.services.keys, helping, context.member.id):
        context.show(_paper(case, marking.blank(case.decision.rule), context))
    else:
        context.show(screens.ended(context.speak, context.centre.id))


async def _mine_to_enter(centre_id: int, ref: str, context: Context) -> Case | None:
    """What a button of the ballot names, for the helper who accepted it and for nobody else."""
    keys = context.services.keys
    helping = await helpings.by_ref(context.tx, keys, centre_id, ref, context.now)
    if helping is None or not await helpings.is_helper(keys, helping, context.member.id):
        return None
    return await _case(helping, context)


async def _case(helping: Helping, context: Context) -> Case | None:
    """The member whose ballot it is, while they take part and still need help with it."""
    tx = context.tx
    if helping.entered or await helpings.gave_own(tx, context.services.keys, helping):
        return None
    member = await members.get(tx, helping.member_id)
    decision = await decisions.get(tx, helping.centre_id, helping.decision_id)
    if member is None or member.status != "active" or decision is None:
        return None
    return Case(helping, await in_person.with_people(tx, decision), member)


def _paper(case: Case, marks: Marks, context: Context) -> Screen:
    """The ballot as nobody has filled it in: what the member gave before is not for the helper."""
    speak, decision = context.speak, case.decision
    sheet = replace(paper.sheet(decision, None, speak), helped=True)
    screen = paper_screens.paper(sheet, marks, speak, context.now)
    return screens.on_behalf(screen, decision, case.member.name, case.helping.ref, speak)


def register(app: App) -> None:
    deep_link(LINK, open_link, may=May.WITH_LINK)
    app.add_handler(presses(LetHelp, say_what_it_means, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(MakeHelpLink, make_link, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(AcceptHelp, accept, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(FillFor, fill, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(CastFor, cast, may=May.MEMBERS_IN_PRIVATE))
