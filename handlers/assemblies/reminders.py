"""What falls due before an assembly: people are reminded, its day begins.

How much the group hears is asked when it falls due, because other assemblies may have been convened
meanwhile: where they are dense (assembly/rhythm.py) it has one post, which is edited.
"""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from assembly import reminders
from assembly.reminders import Kind
from assembly.rhythm import today_at
from handlers.assemblies import cards, posts, sending
from handlers.assemblies.presses import Post
from handlers.core.registration import App, falls_due
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, rhythm, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.schedules import Schedule

TODAY = "assembly-today"
_A_DAY = 86_400  # seconds
SCHEDULES = {kind: f"assembly-reminder-{kind}" for kind in Kind}


async def plan(tx: Transaction, assembly: Assembly, zone: str, now: int) -> None:
    """Schedule the freeze and the reminders of an assembly convened or moved just now."""
    await unplan(tx, assembly)
    midnight = today_at(assembly.starts_at, ZoneInfo(zone))
    if midnight > now:
        await schedules.set(tx, TODAY, assembly.id, midnight, zone)
    await sending.plan(tx, assembly, zone, now)
    for reminder in reminders.due(assembly.starts_at, now, ZoneInfo(zone)):
        await schedules.set(tx, SCHEDULES[reminder.kind], assembly.id, reminder.at, zone)


async def tell_convened(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> int:
    """The group hears that it is convened; when (UTC epoch seconds).

    At once; where assemblies are dense only with the one post, unless its moment is over.
    """
    at = unit.now
    if await rhythm.is_dense(unit.tx, assembly.id):
        at = await sending.read_at(unit.tx, centre, assembly.starts_at, unit.now)
        if at == unit.now:
            await sending.tell_once(unit, centre, assembly)
    else:
        await posts.post(unit, centre, assembly, Post.ANNOUNCED, "announcement")
    return at


async def plan_anew(tx: Transaction, assembly: Assembly, zone: str) -> None:
    """The same for one whose moment follows other clocks; what was told already is not told again.

    What these clocks make late is due at once, if it still helps.
    """
    told = [
        kind for kind in SCHEDULES.values() if await schedules.find(tx, kind, assembly.id) is None
    ]
    await plan(tx, assembly, zone, assembly.convened_at)
    for kind in told:
        await schedules.remove(tx, kind, assembly.id)


async def unplan(tx: Transaction, assembly: Assembly) -> None:
    """Nothing falls due for this assembly any more."""
    for kind in (sending.FREEZE, TODAY, *SCHEDULES.values()):
        await schedules.remove(tx, kind, assembly.id)


async def remind(kind: Kind, row: Schedule, unit: UnitOfWork) -> bool:
    """Remind, if it still helps; what comes late into the quiet hours waits for their end."""
    tx = unit.tx
    if row.next_at is None or not await _stands(tx, row):
        return False
    assembly = await assemblies.by_id(tx, row.subject_id)
    sent_at = reminders.sent_at(kind, unit.now, ZoneInfo(row.zone))
    helps = (
        assembly is not None
        and assembly.status == "convened"
        and reminders.still_helps(kind, row.next_at, sent_at, assembly.starts_at)
    )
    if helps and sent_at > unit.now:
        await schedules.advance(tx, row.id, sent_at)
        return False
    await schedules.remove(tx, row.kind, row.subject_id)
    if assembly is None or not helps:
        return False
    centre = await centres.get(tx, assembly.centre_id)
    return await _remind(unit, centre, assembly, kind)


async def _remind(unit: UnitOfWork, centre: Centre, assembly: Assembly, kind: Kind) -> bool:
    """The group, and privately those who wish it, each once for this starting time."""
    dense = await rhythm.is_dense(unit.tx, assembly.id)
    if dense and kind is not Kind.DAY:
        return False
    if kind is Kind.WEEK and await _agenda_says_it(unit, assembly):
        return False
    until = reminders.expires_at(kind, unit.now, assembly.starts_at, centre.clock)
    key = f"{assembly.starts_at}:reminder:{kind}"
    if dense:
        await sending.tell_once(unit, centre, assembly)
    else:
        await posts.post(unit, centre, assembly, Post(kind), f"{key}:chat", expires_at=until)
    seen = await posts.overview(unit.tx, assembly)
    key = f"centre:{centre.id}:assembly:{assembly.id}:{key}"
    await cards.remind(unit, centre, seen, key, until)
    return True


async def _agenda_says_it(unit: UnitOfWork, assembly: Assembly) -> bool:
    """Whether the agenda was sent, or is sent within a day: one post says both."""
    if assembly.frozen_at is not None:
        return True
    row = await schedules.find(unit.tx, sending.FREEZE, assembly.id)
    return row is not None and row.next_at is not None and row.next_at <= unit.now + _A_DAY


async def begin_day(row: Schedule, unit: UnitOfWork) -> bool:
    """At local midnight: what says "tomorrow" says "today", without a sound."""
    if not await _stands(unit.tx, row):
        return False
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    midnight = today_at(assembly.starts_at, ZoneInfo(row.zone)) if assembly else 0
    if midnight > unit.now:  # a row of before there was such a moment
        await schedules.advance(unit.tx, row.id, midnight)
        return False
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    if assembly is None or assembly.status != "convened":
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    await posts.refresh(unit, centre, assembly)
    await cards.refresh(unit, centre, await posts.overview(unit.tx, assembly))
    return True


async def _stands(tx: Transaction, row: Schedule) -> bool:
    """Whether the schedule is still as it was when the ticker found it due: not moved since."""
    return await schedules.find(tx, row.kind, row.subject_id) == row


def register(app: App) -> None:
    falls_due(TODAY, begin_day)
    for kind, schedule_kind in SCHEDULES.items():
        falls_due(schedule_kind, partial(remind, kind))
