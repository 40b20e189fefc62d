"""The assembly itself: it is opened, and shows the point that it is at."""

from __future__ import annotations

from dataclasses import replace

from assembly.convening import is_early
from handlers.assemblies import beginning, planning, posts, reminders
from handlers.assemblies.convening import unopened
from handlers.assemblies.duties import search
from handlers.assemblies.meeting import seeing, timing
from handlers.assemblies.meeting.screens import opening as screens
from handlers.assemblies.presses import MoreAtPoint, OpenAssembly
from handlers.assemblies.series import convening
from handlers.assemblies.tasks.screens import follow_up
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses
from handlers.core.screens import plain
from handlers.core.speech import Speech
from storage import assemblies, follow_ups, sessions, tasks
from storage.assemblies import Assembly


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
        assembly = replace(assembly, status="open", frozen_at=context.now, opened_at=context.now)
        await tasks.left_open(tx, centre.id, assembly.id, context.now)
        await reminders.unplan(tx, assembly)
        await unopened.answered(context, assembly)
        await search.stop(context.unit, assembly)
        await convening.opened(context.unit, assembly)
        seen = await posts.overview(tx, assembly)
        await beginning.plan_break(tx, assembly, context.now)
        await timing.plan(tx, assembly.id, context.now)
        await planning.plan_closing(tx, assembly, centre)
        rules = await beginning.rules(tx, centre)
        before = await follow_ups.follow_up(tx, centre.id, context.now, assembly.id)
        followed = follow_up.numbers(before, Speech.of(centre))
        opened = screens.opened_post(seen, Speech.of(centre), rules, followed)
        await posts.becomes_open(context.unit, centre, assembly, opened)
        await say_if_it_waits(context.unit, centre, context.speak)
    await _show(context, assembly.id)


async def show_point(press: ShowSession, context: Context) -> None:
    """Where the assembly is."""
    await _show(context, press.assembly_id)


async def show_more(press: MoreAtPoint, context: Context) -> None:
    """What else can be done there."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    found = None
    if assembly is not None and assembly.status == "open":
        desk = context.facilitates
        found = await seeing.more(context.tx, assembly, context.now, context.speak, desk=desk)
    if found is None:
        await _show(context, press.assembly_id)
    else:
        context.show(found)


async def _show(context: Context, assembly_id: int) -> None:
    """Where this assembly stands: at a point, at the end, or not open at all."""
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if assembly is None:
        await context.go(Facilitate(context.centre.id))
        return
    if assembly.status != "open" or assembly.position is None:
        context.show(plain.over(assembly, context.speak))
        return
    desk = context.facilitates
    context.show(
        await seeing.screen(context.tx, assembly, context.now, context.speak, desk=desk),
        ref=seeing.ref(assembly, context.member.id),
    )


def register(app: App) -> None:
    app.add_handler(presses(OpenAssembly, open_assembly, may=May.CHAIRS))
    app.add_handler(presses(ShowSession, show_point, may=May.CHAIRS))
    app.add_handler(presses(MoreAtPoint, show_more, may=May.CHAIRS))
