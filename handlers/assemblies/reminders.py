"""What falls due before an assembly: the agenda is frozen, and people are reminded."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from assembly import reminders
from assembly.reminders import Kind
from handlers.assemblies import posts
from handlers.core.registration import App, falls_due
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, schedules
from storage.assemblies import Assembly
from storage.engine.transaction import Transaction
from storage.schedules import Schedule

FREEZE = "assembly-freeze"
SCHEDULES = {kind: f"assembly-reminder-{kind}" for kind in Kind}


async def plan(tx: Transaction, assembly: Assembly, zone: str, now: int) -> None:
    """Schedule the freeze and the reminders of an assembly convened or moved just now."""
    await unplan(tx, assembly)
    if assembly.frozen_at is None:
        await schedules.set(tx, FREEZE, assembly.id, reminders.freeze_at(assembly.starts_at), zone)
    for reminder in reminders.due(assembly.starts_at, now, ZoneInfo(zone)):
        await schedules.set(tx, SCHEDULES[reminder.kind], assembly.id, reminder.at, zone)


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
    for kind in (FREEZE, *SCHEDULES.values()):
        await schedules.remove(tx, kind, assembly.id)


async def freeze(row: Schedule, unit: UnitOfWork) -> bool:
    """A day before: the agenda is fixed. Late is better than not at all."""
    if not await _stands(unit.tx, row):
        return False
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    return assembly is not None and await posts.freeze(unit.tx, assembly, unit.now)


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
    await posts.remind(unit, centre, assembly, kind)
    return True


async def _stands(tx: Transaction, row: Schedule) -> bool:
    """Whether the schedule is still as it was when the ticker found it due: not moved since."""
    return await schedules.find(tx, row.kind, row.subject_id) == row


def register(app: App) -> None:
    falls_due(FREEZE, freeze)
    for kind, schedule_kind in SCHEDULES.items():
        falls_due(schedule_kind, partial(remind, kind))
