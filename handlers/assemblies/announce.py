"""What a facilitator tells the group about an assembly: it is convened, moved, cancelled."""

from __future__ import annotations

from dataclasses import replace

from assembly.convening import possible
from assembly.reminders import freeze_at
from handlers.assemblies import cancelling, draft, posts, reminders, unopened
from handlers.assemblies.draft import Plan
from handlers.assemblies.duties import search
from handlers.assemblies.hub import convened, too_late
from handlers.assemblies.presses import Announce, CancelAssembly, ChangeAssembly, Post
from handlers.assemblies.screens import convene as screens
from handlers.core.context import Context
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.navigation import Facilitate
from handlers.core.notices import may_write, say_if_it_waits
from handlers.core.registration import App, presses
from storage import assemblies, attendances
from storage.assemblies import Assembly


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
    assembly = await _schedule(assembly, context)
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
        if freeze_at(starts_at) > context.now:
            await assemblies.thaw(tx, assembly.id)
            assembly = replace(assembly, frozen_at=None)
        await unopened.answered(context, assembly)
        assembly = await _schedule(assembly, context)
        await search.moved(context.unit, centre, assembly)
    await posts.refresh(context.unit, centre, assembly)
    # The moment is part of the key: an assembly may be moved to and fro.
    await posts.post(
        context.unit, centre, assembly, kind, f"{kind.value}:{starts_at}:{context.now}"
    )
    waits = not await may_write(context.unit, context.centre)
    context.show(screens.announced(assembly, context.speak, waits=waits))


async def _schedule(assembly: Assembly, context: Context) -> Assembly:
    """Freeze it now where that is less than a day ahead, and schedule what is still to come."""
    if assembly.frozen_at is None and freeze_at(assembly.starts_at) <= context.now:
        await posts.freeze(context.tx, assembly, context.now)
        assembly = replace(assembly, frozen_at=context.now)
    await reminders.plan(context.tx, assembly, context.centre.zone, context.now)
    await unopened.plan(context.tx, assembly, context.centre.zone)
    await search.plan(context.tx, assembly, context.centre, context.now)
    return assembly


async def change(press: ChangeAssembly, context: Context) -> None:
    """What can be changed about an assembly that is convened."""
    assembly = await convened(press.assembly_id, context)
    if assembly is None:
        await too_late(press.assembly_id, context)
    else:
        context.show(screens.changes(assembly, context.speak))


async def cancel(press: CancelAssembly, context: Context) -> None:
    """Cancel it, after asking once; the group is told."""
    assembly = await convened(press.assembly_id, context)
    if assembly is None:
        await too_late(press.assembly_id, context)
    elif not press.sure:
        context.show(screens.sure_to_cancel(assembly, context.speak))
    elif cancelled := await cancelling.cancel(context, assembly):
        await posts.post(context.unit, context.centre, cancelled, Post.CANCELLED, "cancelled")
        await say_if_it_waits(context.unit, context.centre, context.speak)
        await context.go(Facilitate(context.centre.id))


def register(app: App) -> None:
    app.add_handler(presses(Announce, announce, may=May.FACILITATORS))
    app.add_handler(presses(ChangeAssembly, change, may=May.FACILITATORS))
    app.add_handler(presses(CancelAssembly, cancel, may=May.FACILITATORS))
