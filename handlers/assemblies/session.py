"""The assembly itself: a facilitator opens it, moves through its points, and closes it."""

from __future__ import annotations

from dataclasses import replace

from assembly.convening import is_early
from assembly.in_person import headcount_of, settled
from assembly.session import Parting, destination, parting
from handlers.assemblies import posts, reminders, unopened
from handlers.assemblies.presses import CloseAssembly, OpenAssembly, Step
from handlers.assemblies.screens import leaving
from handlers.assemblies.screens import session as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.notices import may_write, say_if_it_waits
from handlers.core.registration import App, presses
from handlers.core.screen import Screen
from handlers.core.screens import plain
from handlers.core.screens.parts import take_part
from handlers.core.speech import Speech
from handlers.decisions.in_person.screens import headcount as headcount_screens
from storage import assemblies, decisions, headcount, presences, proposals, sessions
from storage.assemblies import Assembly
from storage.decisions import Decision


async def open_assembly(press: OpenAssembly, context: Context) -> None:
    """Open it, after asking once if that is early; the agenda is frozen now at the latest."""
    upcoming = await assemblies.upcoming(context.tx, press.centre_id, context.now)
    found = next((each for each in upcoming if each.id == press.assembly_id), None)
    if found is None or found.status == "open":
        await _show(context, press.assembly_id)
    elif upcoming[0].status == "open":
        context.show(screens.another_is_open(upcoming[0], context.speak))
    elif is_early(found.starts_at, context.now) and not press.sure:
        context.show(screens.sure_to_open(found, context.speak))
    else:
        await _begin(context, found)


async def _begin(context: Context, assembly: Assembly) -> None:
    tx, centre = context.tx, context.centre
    await posts.freeze(tx, assembly, context.now)
    if await sessions.begin(tx, centre.id, assembly.id, context.now):
        assembly = replace(assembly, status="open", frozen_at=context.now)
        await reminders.unplan(tx, assembly)
        await unopened.answered(context, assembly)
        seen = await posts.overview(tx, assembly)
        await context.unit.post_to_group(
            centre,
            f"centre:{centre.id}:assembly:{assembly.id}:opened",
            screens.opened_post(seen, Speech.of(centre)),
            ref=posts.opened(assembly),
        )
        await say_if_it_waits(context.unit, centre, context.speak)
    await _show(context, assembly.id)


async def show_point(press: ShowSession, context: Context) -> None:
    """Where the assembly is."""
    await _show(context, press.assembly_id)


async def step(press: Step, context: Context) -> None:
    """On, back, or what becomes of the point; if somebody was quicker, show where things stand."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is not None:
        points = len(await assemblies.items(context.tx, assembly.id))
        to = destination(press.position, points, press.way)
        if to is not None:
            await sessions.step(
                context.tx,
                press.centre_id,
                assembly.id,
                position=press.position,
                way=press.way,
                to=to,
            )
    await _show(context, press.assembly_id)


async def close(press: CloseAssembly, context: Context) -> None:
    """Close it, after asking once with what leaves the list; the group gets the outcomes."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None or assembly.status != "open":
        await _show(context, press.assembly_id)
        return
    parted = parting(await assemblies.items(context.tx, assembly.id))
    running = await _running(context, assembly)
    if not press.sure:
        context.show(leaving.sure_to_close(assembly, parted, len(running), context.speak))
    elif await sessions.close(context.tx, press.centre_id, assembly.id, context.now):
        await _tell_outcomes(context, assembly, parted, running)
        context.unit.after_commit.append(context.services.shredder.shred)
        waits = not await may_write(context.unit, context.centre)
        context.show(leaving.closed(press.centre_id, parted, context.speak, waits=waits))
    else:
        await _show(context, assembly.id)


async def _tell_outcomes(
    context: Context, assembly: Assembly, parted: Parting, running: list[Decision]
) -> None:
    tx, centre = context.tx, context.centre
    speak = Speech.of(centre)
    following = await assemblies.upcoming(tx, centre.id, context.now)
    people = settled(await headcount.people(tx, assembly.id))
    summary = screens.Summary(
        assembly,
        parted=parted,
        decided=await decisions.outcomes_of(tx, assembly.id),
        running=running,
        present=await presences.were_present(tx, assembly.id),
        in_room=headcount_of(people, None) if people else None,
        following=following[0] if following else None,
    )
    way_in = take_part(speak, context.services.link, centre)
    screen = screens.summary_post(summary, speak, way_in)
    await context.unit.post_to_group(
        centre,
        f"centre:{centre.id}:assembly:{assembly.id}:outcomes",
        screen,
    )
    await _tell_authors(context, assembly, running)
    over = await assemblies.find(tx, centre.id, assembly.id)
    if over is not None:
        await posts.refresh(context.unit, centre, over)
        if await posts.stands(tx, posts.opened(assembly)):
            screen = screens.opened_before(over, context.now, speak)
            await context.unit.repost_to_group(centre, posts.opened(assembly), screen)


async def _tell_authors(context: Context, assembly: Assembly, running: list[Decision]) -> None:
    """Whoever proposed what was talked about hears of it: privately, and not at night."""
    centre = context.centre
    decided = await decisions.outcomes_of(context.tx, assembly.id)
    by_item = {decision.item_id: decision for decision in (*decided, *running)}
    for author in await assemblies.authors(context.tx, assembly.id):
        speak = Speech.of(centre, author.language)
        await context.unit.post(
            f"centre:{centre.id}:assembly:{assembly.id}:author:{author.proposal_id}",
            author.telegram_id,
            screens.to_author(author, by_item.get(author.item_id), centre, speak),
            centre_id=centre.id,
            lasting="it leads to what came of the point",
            not_before=centre.waits_until(context.now),
        )


async def _running(context: Context, assembly: Assembly) -> list[Decision]:
    found = await decisions.open_ones(context.tx, assembly.centre_id)
    return [decision for decision in found if decision.assembly_id == assembly.id]


async def _show(context: Context, assembly_id: int) -> None:
    """Where this assembly stands: at a point, at the end, or not open at all."""
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if assembly is None:
        await context.go(Facilitate(context.centre.id))
        return
    if assembly.status != "open" or assembly.position is None:
        context.show(plain.over(assembly, context.speak))
        return
    items = await assemblies.items(context.tx, assembly.id)
    if assembly.position > len(items):
        screen = screens.all_through(assembly, len(items), context.speak)
        context.show(await _with_headcount(screen, assembly, context))
        return
    item = items[assembly.position - 1]
    proposal = None
    if item.proposal_id is not None:
        proposal = await proposals.get(context.tx, context.centre.id, item.proposal_id)
    put = [
        each
        for each in (
            *await decisions.outcomes_of(context.tx, assembly.id),
            *await _running(context, assembly),
        )
        if each.item_id == item.id
    ]
    screen = screens.point(item, len(items), proposal, put, assembly.position, context.speak)
    context.show(await _with_headcount(screen, assembly, context))


async def _with_headcount(screen: Screen, assembly: Assembly, context: Context) -> Screen:
    """With how many are there; how many don't vote by phone is asked until it is said."""
    present = await presences.present_by_role(context.tx, assembly.id)
    headcounts = settled(await headcount.people(context.tx, assembly.id))
    return headcount_screens.with_headcount(
        screen, assembly, sum(present.values()), headcounts, context.speak
    )


def register(app: App) -> None:
    app.add_handler(presses(OpenAssembly, open_assembly, may=May.FACILITATORS))
    app.add_handler(presses(ShowSession, show_point, may=May.FACILITATORS))
    app.add_handler(presses(Step, step, may=May.FACILITATORS))
    app.add_handler(presses(CloseAssembly, close, may=May.FACILITATORS))
