"""What a facilitator tells the group about an assembly: it is convened, or moved."""

from __future__ import annotations

from dataclasses import replace

from assembly.convening import possible
from handlers.assemblies import planning, posts, reminders, sending
from handlers.assemblies.convening import draft, unopened
from handlers.assemblies.convening.draft import Plan
from handlers.assemblies.convening.hub import convened, too_late
from handlers.assemblies.convening.screens import convene as screens
from handlers.assemblies.convening_presses import Announce
from handlers.assemblies.duties import search
from handlers.assemblies.presses import Post
from handlers.assemblies.tasks import authors as news
from handlers.core.context import Context
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.notices import may_write
from handlers.core.registration import App, presses
from storage import assemblies, attendances, authors, points


async def announce(press: Announce, context: Context) -> None:
    """Out it goes, if the preview is the latest one and its moment is still to come."""
    planned = await draft.find(context)
    if planned is None or not planned.complete or planned.starts_at != press.starts_at:
        await outdated(context)
    elif not possible(press.starts_at, context.now):
        context.show(screens.passed(press.centre_id, planned.assembly_id, context.speak))
    else:
        await draft.forget(context)
        if planned.assembly_id:
            await _move(planned, press.starts_at, context)
        else:
            await _convene(planned, press.starts_at, context)


async def _convene(planned: Plan, starts_at: int, context: Context) -> None:
    assembly = await assemblies.convene(
        context.tx,
        centre_id=context.centre.id,
        starts_at=starts_at,
        place=planned.place,
        convened_by=context.member.id,
        now=context.now,
    )
    assembly = await planning.plan(context.tx, assembly, context.centre, context.now)
    if assembly.frozen_at is not None:
        await news.placed(context.unit, context.centre, assembly)
    read_at = await reminders.tell_convened(context.unit, context.centre, assembly)
    waits = not await may_write(context.unit, context.centre)
    later = read_at if read_at > context.now else None
    context.show(screens.announced(assembly, context.speak, waits=waits, read_at=later))


async def _move(planned: Plan, starts_at: int, context: Context) -> None:
    tx, centre = context.tx, context.centre
    before = await convened(planned.assembly_id, context)
    if before is None or not await assemblies.move(
        tx, centre.id, before.id, starts_at, planned.place
    ):
        await too_late(planned.assembly_id, context)
        return
    assembly = replace(before, starts_at=starts_at, place=planned.place)
    kind = Post.PLACE
    if starts_at != before.starts_at:
        kind = Post.MOVED
        await attendances.clear(tx, assembly.id)
        proposed = await authors.on_agenda(tx, assembly.id)
        if await sending.moment(tx, assembly, centre.zone, 0) > context.now:
            await points.thaw(tx, assembly.id)
            assembly = replace(assembly, frozen_at=None)
        await unopened.answered(context, assembly)
        assembly = await planning.plan(tx, assembly, centre, context.now)
        await search.moved(context.unit, centre, assembly)
        await news.again(context.unit, centre, proposed)
    await posts.refresh(context.unit, centre, assembly)
    # The moment is part of the key: an assembly may be moved to and fro.
    await posts.post(
        context.unit, centre, assembly, kind, f"{kind.value}:{starts_at}:{context.now}"
    )
    waits = not await may_write(context.unit, context.centre)
    context.show(screens.announced(assembly, context.speak, waits=waits))


def register(app: App) -> None:
    app.add_handler(presses(Announce, announce, may=May.FACILITATORS))
