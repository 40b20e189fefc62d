"""The agenda as a file to print: for the wall in the centre's language, or in one's own."""

from __future__ import annotations

from handlers.assemblies.presses import PrintPoints
from handlers.assemblies.screens import assembly as cards
from handlers.assemblies.screens import printouts as screens
from handlers.assemblies.screens.printouts import Point
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from storage import assemblies, late_points, points, proposals
from storage.assemblies import Assembly
from storage.engine.transaction import Transaction


async def print_points(press: PrintPoints, context: Context) -> None:
    """The points with their reasons, as they were fixed, or as they stand now."""
    assembly = await assemblies.find(context.tx, press.centre_id, press.assembly_id)
    if assembly is None:
        context.show(cards.none_convened(context.centre.id, context.speak, public=False))
        return
    wall = Speech.of(context.centre)
    wanted = screens.agenda(
        assembly,
        await on_agenda(context.tx, assembly),
        await late(context.tx, assembly, context.now),
        context.centre,
        context.speak if press.own else wall,
        context.services.link,
    )
    context.show(screens.screen(press, assembly, wanted, wall, context.speak))


async def on_agenda(tx: Transaction, assembly: Assembly) -> tuple[Point, ...]:
    """What stands on the agenda, in its order."""
    if assembly.frozen_at is None:
        found = await proposals.agenda(tx, assembly.centre_id)
        carried = await points.carried_over(tx, assembly.centre_id)
        return tuple(
            Point(each.title, each.reason, waits_since=carried.get(each.id)) for each in found.items
        )
    reasons = await proposals.reasons_on(tx, assembly.id)
    return tuple(
        Point(
            item.title,
            reasons.get(item.id),
            item.planned_minutes,
            item.waits_since,
            withdrawn=item.gone is not None,
        )
        for item in await points.items(tx, assembly.id)
    )


async def late(tx: Transaction, assembly: Assembly, now: int) -> tuple[Point, ...]:
    """What came when the points had been sent, while the assembly can still take it."""
    if not assembly.takes_place(now):
        return ()
    found = await late_points.waiting(tx, assembly, now)
    return tuple(Point(each.title, each.reason) for each in found)


def register(app: App) -> None:
    app.add_handler(presses(PrintPoints, print_points, may=May.MEMBERS_IN_PRIVATE))
