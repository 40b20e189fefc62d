"""Where the count in the room of a question stands, as each facilitator may see it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import assert_never

from markupsafe import Markup

from assembly import in_person as rules
from assembly.counting.table import WORDS
from assembly.in_person import Headcounts, Place, View
from handlers.core import typed_number
from handlers.core.context import Context
from handlers.core.navigation import SeeDecision
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.decisions import cards
from handlers.decisions.in_person import headcount as headcount_talk
from handlers.decisions.in_person.presses import of
from handlers.decisions.in_person.screens import checking
from handlers.decisions.in_person.screens import tellers as screens
from storage import assemblies, decisions, facilitators, headcount, in_person
from storage.assemblies import Assembly
from storage.decisions import Decision
from storage.in_person import Checker, Entry

KIND = typed_number.BALLOTS

Opened = tuple[Decision, Headcounts | None]


async def open_one(decision_id: int, context: Context) -> Opened | None:
    """The question while the hall can be counted, and the people there; else shows why not.

    A count that was handed over keeps its people, whatever is said of the room afterwards.
    """
    decision = await decisions.get(context.tx, context.centre.id, decision_id)
    over = decision is None or decision.status != "open"
    if decision is not None and decision.closes_at is not None:
        over = over or decision.closes_at <= context.now
    if decision is None or over or await _assembly(decision, context) is None:
        if context.incoming.callback_query is not None:
            context.toast(context.speak("This is over already."))
        await context.go(SeeDecision(context.centre.id, decision_id))
        return None
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    if entry is not None and entry.people is not None:
        return decision, entry.people
    said = await headcount.people(context.tx, decision.assembly_id or 0)
    return decision, rules.counted(rules.settled(said), decision.rule)


async def can_be_counted(
    decision: Decision, headcounts: Headcounts | None, context: Context
) -> bool:
    """Whether there are people to count and two to count them; otherwise shows why not."""
    speak = context.speak
    if not rules.asked_roles(decision.rule):
        context.show(screens.nobody_takes_part(decision, speak))
    elif headcounts is None:
        assembly = await _assembly(decision, context)
        assert assembly is not None  # noqa: S101 - it was found before
        await headcount_talk.ask_or_show(context, assembly, decision.id)
    elif not rules.headcount_of(headcounts, None):
        context.show(screens.nobody_there(decision, speak))
    elif not await _others(context):
        context.show(screens.nobody_else(decision, speak))
    else:
        return True
    return False


async def is_counting(
    decision: Decision, headcounts: Headcounts | None, place: Place, context: Context
) -> bool:
    """Whether this facilitator is counting just now, and such a ballot is one of this question."""
    entry, me = await in_person.entry(context.tx, decision.centre_id, decision.id), context.member
    if entry is None or headcounts is None:
        return False
    mine = rules.view(entry, me.id, me.role) is View.ENTER
    return mine and rules.is_choice(place, decision.rule)


async def show(decision: Decision, headcounts: Headcounts | None, context: Context) -> None:
    """What there is to see or to do for this facilitator."""
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    if entry is None or headcounts is None:
        if await can_be_counted(decision, headcounts, context):
            people = rules.headcount_of(headcounts or {}, None)
            context.show(screens.begin(decision, people, context.speak))
        return
    await typed_number.stop(context)
    me, speak = context.member, context.speak
    match view := rules.view(entry, me.id, me.role):
        case View.ENTER:
            await _count_on(decision, entry, headcounts, context)
        case View.WAIT:
            context.show(screens.handed(decision, speak))
        case View.OFFER:
            context.show(checking.offered(decision, speak))
        case View.CHECK:
            context.show(checking.to_check(decision, entry, headcounts, speak))
        case View.OTHERS:
            context.show(checking.with_others(decision, entry, speak))
        case View.CONFIRMED:
            context.show(checking.confirmed(decision, entry, speak))
        case _:
            assert_never(view)


async def ask(
    decision: Decision,
    headcounts: Headcounts | None,
    place: Place,
    context: Context,
    problem: Markup | None = None,
    *,
    instead: bool = False,
) -> None:
    """How many say this? The number can be pressed or typed."""
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    at_most = rules.most(place, entry.ballots if entry else (), headcounts or {})
    step = f"{decision.id}:{of(place.role).value}:{place.choice}"
    typed = await typed_number.ask(KIND, step, context, instead=instead)
    context.show(screens.ask(decision, place, at_most, context.speak, problem, typed=typed))


async def ask_to_check(decision: Decision, context: Context) -> None:
    """Everybody who could confirm it is asked, in their own chat; without the figures."""
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    for each in await _others(context):
        await context.unit.post(
            f"decision:{decision.id}:hall:{entry.number if entry else 0}:{each.telegram_id}",
            each.telegram_id,
            checking.offered(decision, Speech.of(context.centre, each.language)),
            centre_id=decision.centre_id,
            ref=f"{cards.to_check(decision.id)}{each.telegram_id}",
            expires_at=decision.closes_at,
        )


async def tell_confirmed(decision: Decision, context: Context) -> None:
    """Whoever entered it, and is still on duty, hears that it counts."""
    entry = await in_person.entry(context.tx, decision.centre_id, decision.id)
    if entry is not None and entry.entered_by is not None:
        key = f"decision:{decision.id}:hall:{entry.number}:confirmed"
        await _tell({entry.entered_by}, key, decision, checking.told_confirmed, context)


async def tell_thrown_away(decision: Decision, confirmed: Entry, context: Context) -> None:
    """The two who had agreed on it hear that it counts no more, and who counts anew."""

    def told(decision: Decision, speak: Speech) -> Screen:
        return checking.told_thrown_away(decision, context.member.name, speak)

    two = {confirmed.entered_by, confirmed.checked_by} - {None, context.member.id}
    key = f"decision:{decision.id}:hall:{confirmed.number}:thrown"
    await _tell(two, key, decision, told, context)


async def _tell(
    whom: Collection[int | None],
    key: str,
    decision: Decision,
    screen: Callable[[Decision, Speech], Screen],
    context: Context,
) -> None:
    """Those of them who are still on duty."""
    for each in await facilitators.contacts(context.tx, decision.centre_id, context.now):
        if each.member_id in whom:
            await context.unit.post(
                f"{key}:{each.member_id}",
                each.telegram_id,
                screen(decision, Speech.of(context.centre, each.language)),
                centre_id=decision.centre_id,
                lasting="it leads to the question, and then to its outcome",
                expires_at=decision.closes_at,
            )


async def _count_on(
    decision: Decision, entry: Entry, headcounts: Headcounts, context: Context
) -> None:
    """The next number that is missing; all of them, once there is none."""
    place = None
    if decision.rule.method in WORDS:
        place = rules.next_place(decision.rule, entry.ballots, headcounts)
    if place is not None:
        await ask(decision, headcounts, place, context)
    else:
        context.show(screens.counting(decision, entry, headcounts, context.speak))


async def _others(context: Context) -> list[Checker]:
    me = context.member
    return await in_person.checkers(context.tx, me.centre_id, me.role, context.now)


async def _assembly(decision: Decision, context: Context) -> Assembly | None:
    """The open assembly in which the question was put."""
    found = await assemblies.find(context.tx, decision.centre_id, decision.assembly_id or 0)
    return found if found is not None and found.status == "open" else None
