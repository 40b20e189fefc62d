"""How a point of the open assembly ends: said at the point itself, or before closing."""

from __future__ import annotations

from assembly.endings import Ending, offered
from handlers.assemblies import points
from handlers.assemblies.agreeing import standing
from handlers.assemblies.presses import EndPoint, ReopenPoint, ReviewPoints
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.registration import App, presses
from storage import agreements, assemblies, sessions
from storage import points as stored_points
from storage.points import AgendaItem


async def end(press: EndPoint, context: Context) -> None:
    """It ended like this, if it can and nobody was quicker."""
    item = await stored_points.item(context.tx, press.centre_id, press.item_id)
    if item is not None and await _is_offered(item, press.ending, context):
        await _say(item, press.ending, None, context)
    await _back(item, press.page, context)


async def reopen(press: ReopenPoint, context: Context) -> None:
    """It has not ended yet."""
    item = await stored_points.item(context.tx, press.centre_id, press.item_id)
    if item is not None:
        await _say(item, None, press.was, context)
        if press.was is Ending.AGREED:
            await standing.reopened(item, context)
    await _back(item, press.page, context)


async def _is_offered(item: AgendaItem, ending: Ending, context: Context) -> bool:
    assembly = await assemblies.find(context.tx, item.centre_id, item.assembly_id)
    if assembly is None or item.kind == "opening":
        return False
    put = [each for each in await points.put(context.tx, assembly) if each.item_id == item.id]
    agreement = await agreements.at_point(context.tx, assembly.id, item.id)
    return ending in offered(points.course_of(item, put, agreement))


async def _say(
    item: AgendaItem, ending: Ending | None, was: Ending | None, context: Context
) -> None:
    if await sessions.end_point(context.tx, item.centre_id, item.id, ending, was=was):
        return
    if item.assembly_status == "open" and item.ending is not ending:
        changed = context.speak("Somebody has changed this point meanwhile. So it stands now.")
        context.toast(changed.unescape())


async def _back(item: AgendaItem | None, page: int, context: Context) -> None:
    """To where it was pressed."""
    if item is None:
        await context.go(Facilitate(context.centre.id))
    elif page:
        await context.go(ReviewPoints(item.centre_id, item.assembly_id, page))
    else:
        await context.go(ShowSession(item.centre_id, item.assembly_id))


def register(app: App) -> None:
    app.add_handler(presses(EndPoint, end, may=May.CHAIRS))
    app.add_handler(presses(ReopenPoint, reopen, may=May.CHAIRS))
