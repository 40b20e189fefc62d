"""What came later: the assembly decides, when it opens or at the end, today or next time."""

from __future__ import annotations

from handlers.assemblies import posts
from handlers.assemblies.meeting.screens import late as screens
from handlers.assemblies.meeting.screens import script
from handlers.assemblies.presses import DecideLate, ShowLate
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowSession
from handlers.core.registration import App, presses
from storage import assemblies, late_points, points, sessions
from storage.assemblies import Assembly


async def decide(press: DecideLate, context: Context) -> None:
    """Taken, it is the last point, at the end the one that the assembly is at; then the next."""
    tx, ids = context.tx, (press.centre_id, press.assembly_id)
    before = await assemblies.find(tx, *ids)
    at_the_end = before is None or _is_at_the_end(before, len(await points.items(tx, before.id)))
    if press.today:
        await late_points.take(tx, *ids, press.proposal_id)
    elif await late_points.leave(tx, *ids, press.proposal_id):
        await _stay_behind_the_last(press, context)
    assembly = await assemblies.find(tx, *ids)
    if assembly is not None and assembly.status == "open":
        await posts.show_order(context.unit, context.centre, assembly)
    if at_the_end:
        await context.go(ShowSession(*ids))
    else:
        await show(ShowLate(*ids), context)


async def show(press: ShowLate, context: Context) -> None:
    """The next one, also at the opening; where there is none, the point that the assembly is at."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    waiting = []
    if assembly is not None and assembly.status == "open":
        waiting = await late_points.waiting(context.tx, assembly, context.now)
    total = len(await points.items(context.tx, press.assembly_id))
    if assembly is None or not waiting or _is_at_the_end(assembly, total):
        await context.go(ShowSession(press.centre_id, press.assembly_id))
    else:
        found = screens.came_later(assembly, total, waiting, context.speak)
        context.show(script.beside(found, script.at_the_end(context.speak, came_later=True)))


def _is_at_the_end(assembly: Assembly, total: int) -> bool:
    """Whether it has been through all of its points."""
    return (assembly.position or 1) > total


async def _stay_behind_the_last(press: DecideLate, context: Context) -> None:
    """What is left for next time is no point to be at."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    total = len(await points.items(context.tx, press.assembly_id))
    if assembly is not None and assembly.position == total:
        ids = press.centre_id, press.assembly_id
        await sessions.move(context.tx, *ids, position=total, to=total + 1, now=context.now)


def register(app: App) -> None:
    app.add_handler(presses(DecideLate, decide, may=May.CHAIRS))
    app.add_handler(presses(ShowLate, show, may=May.CHAIRS))
