"""Decisions as members see them: what is open, what came of it, how it is counted."""

from __future__ import annotations

from assembly.deadlines import EXTENSION, may_extend
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import HowCounted, SeeDecision, ShowDecisions, ShowOutcomes
from handlers.core.registration import PRIVATE, App, command, presses
from handlers.core.screen import Screen
from handlers.decisions import closing_reminders, early
from handlers.decisions.ballots import paper
from handlers.decisions.in_person.screens.tellers import with_in_person
from handlers.decisions.named import names_of
from handlers.decisions.presses import TurnDecisions
from handlers.decisions.putting.screens.questions import with_way_on
from handlers.decisions.results.reasons import reasons
from handlers.decisions.results.screens import report
from handlers.decisions.results.screens.versions import with_versions
from handlers.decisions.screens import decisions as screens
from handlers.decisions.screens import decisions_list
from handlers.decisions.screens.history import with_history
from handlers.decisions.screens.managing import with_duties
from handlers.decisions.screens.named import with_names
from storage import assemblies, decisions, in_person, published
from storage.decisions import Decision

LATELY = 60 * 24 * 3600  # seconds: decisions of the last two months are listed


async def decide(context: Context) -> None:
    """/decide"""
    await _show_overview(context)


async def show_decisions(_: ShowDecisions, context: Context) -> None:
    """The button that leads here from elsewhere."""
    await _show_overview(context)


async def turn(press: TurnDecisions, context: Context) -> None:
    """Another page of them."""
    await _show_overview(context, press.page)


async def outcomes(press: ShowOutcomes, context: Context) -> None:
    """A page of all that was ever decided; one that is not there is the last one."""
    tx, centre = context.tx, context.centre
    pages = max(1, -(-await decisions.count_past(tx, centre.id) // decisions_list.PAGE))
    page = press.page if 1 <= press.page <= pages else pages
    skip = (page - 1) * decisions_list.PAGE
    found = await decisions.past(tx, centre.id, skip, decisions_list.PAGE)
    context.show(decisions_list.outcomes_page(centre.id, found, page, pages, context.speak))


async def see(press: SeeDecision, context: Context) -> None:
    """One decision as it is now; what reminded of one that has closed since gives way to it."""
    await _show(context, press.decision_id)
    if context.unit.toast is None and closing_reminders.is_one(context.message):
        decision = await decisions.get(context.tx, context.centre.id, press.decision_id)
        if decision is not None and decision.status != "open":
            context.toast(context.speak("It has closed. Here is what came of it.").unescape())


async def how_counted(press: HowCounted, context: Context) -> None:
    """The rules of the count; asked in the group, the answer comes in private."""
    decision = await decisions.get(context.tx, press.centre_id, press.decision_id)
    if decision is None:
        context.toast(context.speak("There is no such decision."), alert=True)
        return
    screen = await _counting(decision, context)
    if context.in_private:
        context.show(screen)
    else:
        context.show_privately(screen)
        context.toast(context.speak("The answer is in your chat with me."))


async def _counting(decision: Decision, context: Context) -> Screen:
    if decision.status != "closed":
        told = await in_person.with_people(context.tx, decision)
        screen = screens.how_counted(decision, told.electorate, context.speak)
        return with_history(screen, decision, context.speak)
    given = await reasons(context.tx, decision)
    return report.how_counted(decision, given, 0, context.speak)


async def _show(context: Context, decision_id: int) -> None:
    """To take part while it is open, its outcome afterwards; guards have been passed."""
    decision = await decisions.get(context.tx, context.centre.id, decision_id)
    if decision is None:
        await _show_overview(context)
    elif decision.status != "open":
        context.show(await _past(decision, context))
    elif (why := await paper.ask_reason(decision, context)) is not None:
        context.show(why, about=decision_id)
    else:
        context.show(await _ballot(decision, context), about=decision_id)


async def _past(decision: Decision, context: Context) -> Screen:
    """What came of it, and how it came about."""
    speak = context.speak
    own = await published.own_choice(context.tx, decision.id, context.member.id)
    screen = screens.past(decision, speak, await reasons(context.tx, decision), own)
    screen = with_versions(screen, decision, speak, facilitates=context.facilitates)
    screen = with_history(screen, decision, speak)
    return await _with_way_on(screen, decision, context)


async def _ballot(decision: Decision, context: Context) -> Screen:
    """What this member can say, and with the duty what they can do about the question."""
    speak = context.speak
    screen = await paper.ballot(decision, context)
    screen = with_names(screen, decision, await names_of(decision, context), speak)
    screen = with_versions(screen, decision, speak, facilitates=context.facilitates)
    if context.facilitates:
        until, close = _later(decision, context.now), await early.may_close(decision, context)
        screen = with_duties(screen, decision, speak, until, close=close)
    return await _with_way_on(screen, decision, context)


async def _with_way_on(screen: Screen, decision: Decision, context: Context) -> Screen:
    """Whoever leads the assembly finds back to its agenda."""
    if not context.facilitates or decision.assembly_id is None:
        return screen
    assembly = await assemblies.find(context.tx, decision.centre_id, decision.assembly_id)
    if assembly is None or assembly.status != "open":
        return screen
    screen = with_way_on(screen, assembly, context.speak)
    return with_in_person(screen, decision, context.speak) if decision.status == "open" else screen


async def _show_overview(context: Context, page: int = 0) -> None:
    tx, centre = context.tx, context.centre
    screen = decisions_list.overview(
        centre.id,
        await decisions.open_ones(tx, centre.id),
        await paper.mine_of(context),
        await decisions.recent(tx, centre.id, context.now - LATELY),
        page,
        context.speak,
        context.now,
    )
    context.show(screen)


def _later(decision: Decision, now: int) -> int | None:
    """The moment that facilitators can put the closing off to, if any is left."""
    if decision.closes_at is None or decision.closes_at <= now:
        return None
    until = decision.closes_at + EXTENSION
    return until if may_extend(decision.closes_at, until, decision.opened_at) else None


def register(app: App) -> None:
    app.add_handler(command("decide", decide, PRIVATE, may=May.MEMBERS))
    app.add_handler(presses(ShowDecisions, show_decisions, may=May.MEMBERS))
    app.add_handler(presses(ShowOutcomes, outcomes, may=May.MEMBERS_IN_PRIVATE))
    app.add_handler(presses(TurnDecisions, turn, may=May.MEMBERS))
    app.add_handler(presses(SeeDecision, see, may=May.MEMBERS))
    app.add_handler(presses(HowCounted, how_counted, may=May.MEMBERS))
