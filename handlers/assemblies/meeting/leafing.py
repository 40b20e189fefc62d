"""Moving through the points of the open assembly: on, back, or straight to one of the list."""

from __future__ import annotations

from dataclasses import replace

from assembly.session import destination
from handlers.assemblies import points, posts
from handlers.assemblies.meeting import timing
from handlers.assemblies.presses import GoToPoint, ListPoints, Step
from handlers.assemblies.screens import points as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.registration import App, presses
from storage import assemblies, sessions
from storage import points as stored_points
from storage.assemblies import Assembly


async def step(press: Step, context: Context) -> None:
    """On or back; if somebody was quicker, show where things stand."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is not None:
        total = len(await stored_points.items(context.tx, assembly.id))
        to = destination(press.position, total, press.way)
        if to is not None:
            await _move(context, assembly, press.position, to)
    await context.go(ShowSession(press.centre_id, press.assembly_id))


async def jump(press: GoToPoint, context: Context) -> None:
    """Straight to this point, from the one that whoever presses has seen it at."""
    item = await stored_points.item(context.tx, press.centre_id, press.item_id)
    if item is None:
        await context.go(Facilitate(press.centre_id))
        return
    assembly = await assemblies.find(context.tx, press.centre_id, item.assembly_id)
    if assembly is not None and press.position != item.position:
        await _move(context, assembly, press.position, item.position)
    await context.go(ShowSession(press.centre_id, item.assembly_id))


async def list_points(press: ListPoints, context: Context) -> None:
    """All points by page, with how each ended."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None or assembly.status != "open":
        await context.go(ShowSession(press.centre_id, press.assembly_id))
        return
    found = await points.all_of(context.tx, assembly)
    context.show(screens.listing(assembly, found, press.page, context.speak))


async def _move(context: Context, assembly: Assembly, position: int, to: int) -> None:
    moved = await sessions.move(
        context.tx,
        assembly.centre_id,
        assembly.id,
        position=position,
        to=to,
        now=context.now,
    )
    if moved:
        await timing.plan(context.tx, assembly.id, context.now)
        there = replace(assembly, position=to)
        await posts.show_order(context.unit, context.centre, there)


def register(app: App) -> None:
    app.add_handler(presses(Step, step, may=May.CHAIRS))
    app.add_handler(presses(GoToPoint, jump, may=May.CHAIRS))
    app.add_handler(presses(ListPoints, list_points, may=May.CHAIRS))
