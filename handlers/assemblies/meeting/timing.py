"""Time: minutes for points and for the assembly, and a quiet sign to whoever leads it."""

from __future__ import annotations

from dataclasses import replace

from assembly.timing import LENGTHS, next_sign, over_at, with_more
from handlers.assemblies import planning
from handlers.assemblies.convening_presses import ChangeAssembly
from handlers.assemblies.meeting import seeing
from handlers.assemblies.screens import timing as screens
from handlers.assemblies.timing_presses import MoreTime, PlanTime, PlanTimes, SetLength, SetTime
from handlers.core.context import Context
from handlers.core.may import May, refused
from handlers.core.navigation import Facilitate, ShowSession
from handlers.core.registration import App, falls_due, presses
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, facilitators, messages, points, schedules, sessions
from storage.assemblies import SIGN, Assembly
from storage.engine.transaction import Transaction
from storage.points import AgendaItem
from storage.schedules import Schedule

MOST = 24 * 60  # minutes of a point


async def plan(tx: Transaction, assembly_id: int, now: int) -> None:
    """Schedules the next sign of an open assembly: a point's time is over, or it is break time.

    Call it wherever that can have changed; of an assembly that is not open none is left.
    """
    assembly = await assemblies.by_id(tx, assembly_id)
    moment = None
    if assembly is not None and assembly.status == "open":
        items = await points.items(tx, assembly.id)
        position = assembly.position or 1
        planned = items[position - 1].planned_minutes if position <= len(items) else None
        moment = next_sign(now, over_at(assembly.point_since, planned), assembly.break_at)
    if assembly is None or moment is None:
        await schedules.remove(tx, SIGN, assembly_id)
    else:
        centre = await centres.get(tx, assembly.centre_id)
        await schedules.set(tx, SIGN, assembly_id, moment, centre.zone)


async def give_sign(row: Schedule, unit: UnitOfWork) -> bool:
    """What whoever leads has before them says so by itself, without a sound; nobody else hears."""
    if await schedules.find(unit.tx, row.kind, row.subject_id) != row:
        return False
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    if assembly is None or assembly.status != "open":
        await schedules.remove(unit.tx, SIGN, row.subject_id)
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    contacts = await facilitators.contacts(unit.tx, centre.id, unit.now)
    desks = {person.telegram_id for person in contacts}
    for card in await messages.under(unit.tx, seeing.prefix(assembly), centre.id):
        speak = Speech.of(centre, card.language)
        screen = await seeing.screen(unit.tx, assembly, unit.now, speak, desk=card.chat_id in desks)
        await unit.repost(card.ref, card.chat_id, screen, centre_id=centre.id)
    await plan(unit.tx, assembly.id, unit.now)
    return True


async def plan_times(press: PlanTimes, context: Context) -> None:
    """All points with their minutes."""
    assembly = await _running(press.assembly_id, context)
    if assembly is not None:
        items = await points.items(context.tx, assembly.id)
        context.show(screens.times(assembly, items, press.page, context.speak))


async def plan_time(press: PlanTime, context: Context) -> None:
    """One of them."""
    found = await _point(press.item_id, context)
    if found is not None:
        assembly, item = found
        items = await points.items(context.tx, assembly.id)
        context.show(screens.time(assembly, item, items, press.page, context.speak))


async def set_time(press: SetTime, context: Context) -> None:
    """So many minutes, whoever else has said something else before."""
    found = await _point(press.item_id, context)
    if found is None:
        return
    assembly, item = found
    if 0 <= press.minutes <= MOST:
        await sessions.plan_minutes(context.tx, press.centre_id, item.id, press.minutes or None)
        await plan(context.tx, assembly.id, context.now)
    if press.page:
        await context.go(PlanTimes(press.centre_id, assembly.id, press.page))
    else:
        await context.go(ShowSession(press.centre_id, assembly.id))


async def more_time(press: MoreTime, context: Context) -> None:
    """Of two who press at once, one gives it."""
    found = await _point(press.item_id, context)
    if found is None:
        return
    assembly, item = found
    since = assembly.point_since
    if since is not None and item.planned_minutes == press.was:
        minutes = min(MOST, with_more(since, press.was, context.now))
        await sessions.plan_minutes(context.tx, press.centre_id, item.id, minutes)
        await plan(context.tx, assembly.id, context.now)
    await context.go(ShowSession(press.centre_id, assembly.id))


async def set_length(press: SetLength, context: Context) -> None:
    """Ask, or so many minutes for the whole assembly."""
    assembly = await _running(press.assembly_id, context)
    if assembly is None:
        return
    if press.minutes in LENGTHS:
        await sessions.set_length(context.tx, press.centre_id, assembly.id, press.minutes)
        if assembly.status == "open":
            assembly = replace(assembly, length_minutes=press.minutes)
            await planning.plan_closing(context.tx, assembly, context.centre)
        await context.go(PlanTimes(press.centre_id, assembly.id, 0))
    else:
        items = await points.items(context.tx, assembly.id)
        context.show(screens.length(assembly, items, context.speak))


async def _point(item_id: int, context: Context) -> tuple[Assembly, AgendaItem] | None:
    item = await points.item(context.tx, context.centre.id, item_id)
    if item is None:
        await context.go(Facilitate(context.centre.id))
        return None
    if await refused(May.CHAIRS, context, item.assembly_id):
        return None
    assembly = await _running(item.assembly_id, context)
    return (assembly, item) if assembly is not None else None


async def _running(assembly_id: int, context: Context) -> Assembly | None:
    """The assembly while its agenda is fixed and it is not over; otherwise where it stands."""
    assembly = await assemblies.find(context.tx, context.centre.id, assembly_id)
    if assembly is not None and assembly.frozen_at and assembly.takes_place(context.now):
        return assembly
    if assembly is not None and assembly.status == "convened":
        await context.go(ChangeAssembly(context.centre.id, assembly_id))
    else:
        await context.go(ShowSession(context.centre.id, assembly_id))
    return None


def register(app: App) -> None:
    falls_due(SIGN, give_sign)
    app.add_handler(presses(PlanTimes, plan_times, may=May.CHAIRS))
    app.add_handler(presses(PlanTime, plan_time, may=May.CHAIRS))
    app.add_handler(presses(SetTime, set_time, may=May.CHAIRS))
    app.add_handler(presses(MoreTime, more_time, may=May.CHAIRS))
    app.add_handler(presses(SetLength, set_length, may=May.CHAIRS))
