"""Into my calendar: a file with the assembly, or with its whole series, in one's own chat.

It is made when it is asked for, and stored nowhere. An assembly that was cancelled is taken out.
"""

from __future__ import annotations

from assembly import calendar_file
from handlers.assemblies.calendars import entries
from handlers.assemblies.calendars.presses import TakeCalendar
from handlers.assemblies.calendars.screens import calendars as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowAssembly
from handlers.core.registration import App, deep_link, linked_id, presses
from storage import assemblies, series
from storage.assemblies import Assembly
from storage.series import Series


async def take(press: TakeCalendar, context: Context) -> None:
    """From one's own card."""
    await _give(press.assembly_id, context)


async def open_file(payload: str, context: Context) -> None:
    """From the link under a post in the group."""
    await _give(linked_id(payload.partition("_")[2]) or 0, context)


async def _give(assembly_id: int, context: Context) -> None:
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if assembly is None:
        await context.go(ShowAssembly(context.centre.id))
        return
    found = await series.by_id(context.tx, assembly.series_id) if assembly.series_id else None
    text = await _written(assembly, found, context)
    regular = found is not None and found.status == "running"
    context.show(screens.given(assembly, text, context.speak, regular=regular))


async def _written(assembly: Assembly, found: Series | None, context: Context) -> str:
    centre, links = context.centre, context.services.links
    title, zone = screens.title(centre, context.speak), centre.clock
    cancels = assembly.status == "cancelled"
    if found is None:
        alone = entries.alone(assembly, centre, links)
        return calendar_file.written(title, zone, [alone], at=context.now, cancels=cancels)
    held = await assemblies.of_series(context.tx, found.id)
    if cancels:
        gone = entries.one_of(found, assembly, held, centre, links)
        return calendar_file.written(title, zone, [gone], at=context.now, cancels=True)
    recurring, meetings = entries.whole(found, held, centre, links)
    return calendar_file.written(title, zone, meetings, recurring, at=context.now)


def register(app: App) -> None:
    app.add_handler(presses(TakeCalendar, take, may=May.MEMBERS_IN_PRIVATE))
    deep_link(screens.PREFIX, open_file, may=May.MEMBERS)
