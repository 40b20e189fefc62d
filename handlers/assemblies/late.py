"""At the end of its points the assembly decides about what came later: today, or next time."""

from __future__ import annotations

from handlers.assemblies import posts
from handlers.assemblies.presses import DecideLate
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowSession
from handlers.core.registration import App, presses
from storage import assemblies, late_points, points, sessions


async def decide(press: DecideLate, context: Context) -> None:
    """Taken, it is the point that the assembly is at; left, the next one is offered."""
    tx, ids = context.tx, (press.centre_id, press.assembly_id)
    if press.today:
        await late_points.take(tx, *ids, press.proposal_id)
    elif await late_points.leave(tx, *ids, press.proposal_id):
        await _stay_behind_the_last(press, context)
    assembly = await assemblies.find(tx, *ids)
    if assembly is not None and assembly.status == "open":
        await posts.show_order(context.unit, context.centre, assembly)
    await context.go(ShowSession(*ids))


async def _stay_behind_the_last(press: DecideLate, context: Context) -> None:
    """What is left for next time is no point to be at."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    total = len(await points.items(context.tx, press.assembly_id))
    if assembly is not None and assembly.position == total:
        ids = press.centre_id, press.assembly_id
        await sessions.move(context.tx, *ids, position=total, to=total + 1, now=context.now)


def register(app: App) -> None:
    app.add_handler(presses(DecideLate, decide, may=May.CHAIRS))
