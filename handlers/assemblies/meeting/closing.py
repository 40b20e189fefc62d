"""Closing the assembly: how its points end is seen and changed, then the group and authors hear."""

from __future__ import annotations

from assembly.endings import Parting, parting
from assembly.in_person import headcount_of, settled
from handlers.assemblies import over_question, planning, points, posts
from handlers.assemblies.agreeing import standing
from handlers.assemblies.agreeing.screens import agreeing as agreeing_screens
from handlers.assemblies.duties import search
from handlers.assemblies.meeting import seeing, timing
from handlers.assemblies.meeting.screens import closing as screens
from handlers.assemblies.meeting.screens import opening, summary
from handlers.assemblies.minutes import composing, drafting
from handlers.assemblies.minutes.screens import minutes as drafted
from handlers.assemblies.presses import CloseAssembly, ReviewPoint, ReviewPoints
from handlers.assemblies.series import convening
from handlers.assemblies.tasks import authors
from handlers.assemblies.tasks.screens import offer
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.notices import may_write
from handlers.core.registration import App, presses
from handlers.core.screens.parts import take_part
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import (
    agreements,
    assemblies,
    decisions,
    headcount,
    messages,
    presences,
    pulses,
    sessions,
    tasks,
)
from storage import points as stored_points
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.decisions import Decision


async def close(press: CloseAssembly, context: Context) -> None:
    """Close it, after showing how its points end; the group gets the outcomes."""
    assembly = await _open(press.assembly_id, context)
    if assembly is None:
        return
    if not press.sure:
        await _review(assembly, 1, context)
        return
    # It becomes the next screen, and so keeps its buttons when all others lose theirs.
    await messages.forget(context.tx, seeing.ref(assembly, context.member.id))
    parted = await finish(context.unit, context.centre, assembly, closed_by=context.member.id)
    if parted is None:
        await context.go(ShowSession(press.centre_id, assembly.id))
        return
    waits = not await may_write(context.unit, context.centre)
    context.show(screens.closed(assembly, parted, context.speak, waits=waits))


async def finish(
    unit: UnitOfWork,
    centre: Centre,
    assembly: Assembly,
    *,
    closed_by: int | None = None,
    ended_at: int | None = None,
) -> Parting | None:
    """All that closing an open assembly brings with it; what leaves the list, None: it is not open.

    `closed_by`: the member; None where it closes by itself, and then `ended_at` is when it was last
    heard of (UTC epoch seconds), which its minutes have for its end.
    """
    tx, now = unit.tx, unit.now
    found = await points.all_of(tx, assembly)
    running = await points.running(tx, assembly)
    heading = await composing.heading(tx, centre, assembly, ended_at or now)
    endings = {point.item.id: point.ending for point in found}
    if not await sessions.close(tx, centre.id, assembly.id, now, endings):
        return None
    await standing.settle(unit, centre, assembly)
    parted = parting(found)
    await timing.plan(tx, assembly.id, now)
    await planning.unplan_closing(tx, assembly)
    if closed_by is not None:  # by itself, it only loses its buttons: a new message says so
        await over_question.answered(unit, centre, assembly)
    await convening.over(unit, centre, assembly)
    await drafting.draft(unit, centre, assembly, heading, closed_by)
    await _tell_outcomes(unit, centre, assembly, parted, running, by_itself=closed_by is None)
    await pulses.plan(tx, centre, now)
    await search.closed(unit, centre, assembly)
    unit.after_commit.append(unit.services.shredder.shred)
    return parted


async def review(press: ReviewPoints, context: Context) -> None:
    """A page of the points before closing."""
    assembly = await _open(press.assembly_id, context)
    if assembly is not None:
        await _review(assembly, press.page, context)


async def _review(assembly: Assembly, page: int, context: Context) -> None:
    found = [each for each in await points.all_of(context.tx, assembly) if each.ends]
    running = len(await points.running(context.tx, assembly))
    agreed = await agreements.of_assembly(context.tx, assembly.id)
    reading = agreeing_screens.still_read(agreed, context.now, context.speak)
    context.show(screens.review(assembly, found, page, running, context.speak, reading=reading))


async def change(press: ReviewPoint, context: Context) -> None:
    """One of them, to be changed."""
    item = await stored_points.item(context.tx, press.centre_id, press.item_id)
    if item is None:
        await context.go(Facilitate(press.centre_id))
        return
    assembly = await _open(item.assembly_id, context)
    if assembly is not None:
        found = await points.all_of(context.tx, assembly)
        point = next(each for each in found if each.item.id == item.id)
        context.show(screens.change(point, press.page, context.speak))


async def _open(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly, if it is open; otherwise where it stands is shown."""
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if assembly is None or assembly.status != "open":
        await context.go(ShowSession(context.centre.id, assembly_id))
        return None
    return assembly


async def _tell_outcomes(
    unit: UnitOfWork,
    centre: Centre,
    assembly: Assembly,
    parted: Parting,
    running: list[Decision],
    *,
    by_itself: bool,
) -> None:
    tx, link = unit.tx, unit.services.link
    speak = Speech.of(centre)
    following = await assemblies.upcoming(tx, centre.id, unit.now)
    people = settled(await headcount.people(tx, assembly.id))
    in_room = headcount_of(people, None) if people else 0
    left = summary.Summary(
        assembly,
        parted=parted,
        agreed=await agreements.of_assembly(tx, assembly.id),
        decided=await decisions.outcomes_of(tx, assembly.id),
        running=running,
        present=await presences.were_present(tx, assembly.id) + in_room,
        following=following[0] if following else None,
        tasks=await tasks.open_ones(tx, centre.id, unit.now),
        take=offer.way_to(centre.id, link, speak),
        by_itself=by_itself,
    )
    way_in = take_part(speak, link, centre)
    screen = summary.summary_post(left, speak, way_in).with_row(
        drafted.way_to(centre.id, assembly.id, link, speak)
    )
    await unit.post_to_group(
        centre,
        f"centre:{centre.id}:assembly:{assembly.id}:outcomes",
        screen,
    )
    await authors.ended(unit, centre, assembly)
    over = await assemblies.find(tx, centre.id, assembly.id)
    if over is not None:
        await posts.refresh(unit, centre, over)
        if await posts.stands(tx, posts.opened(assembly)):
            screen = opening.opened_before(over, unit.now, speak)
            await unit.repost_to_group(centre, posts.opened(assembly), screen)


def register(app: App) -> None:
    app.add_handler(presses(CloseAssembly, close, may=May.CHAIRS))
    app.add_handler(presses(ReviewPoints, review, may=May.CHAIRS))
    app.add_handler(presses(ReviewPoint, change, may=May.CHAIRS))
