"""What falls due for an assembly: until somebody opens it, and until somebody closes it."""

from __future__ import annotations

from dataclasses import replace

from assembly import unclosed
from assembly.convening import given_up_at
from assembly.reminders import freeze_at
from handlers.assemblies import posts, reminders
from handlers.assemblies.duties import search
from storage import schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction

OPENING = "assembly-opening"
UNOPENED = "assembly-unopened"
CLOSING = "assembly-closing"
UNCLOSED = "assembly-unclosed"


async def plan(tx: Transaction, assembly: Assembly, centre: Centre, now: int) -> Assembly:
    """Freeze it now where that is less than a day ahead, and schedule what is still to come."""
    if assembly.frozen_at is None and freeze_at(assembly.starts_at) <= now:
        await posts.freeze(tx, assembly, now)
        assembly = replace(assembly, frozen_at=now)
    await reminders.plan(tx, assembly, centre.zone, now)
    await plan_opening(tx, assembly, centre.zone)
    await search.plan(tx, assembly, centre, now)
    return assembly


async def plan_opening(tx: Transaction, assembly: Assembly, zone: str) -> None:
    """Schedule that its facilitators are asked at its time, and that it is given up."""
    await schedules.set(tx, OPENING, assembly.id, assembly.starts_at, zone)
    await schedules.set(tx, UNOPENED, assembly.id, given_up_at(assembly.starts_at), zone)


async def plan_closing(
    tx: Transaction, assembly: Assembly, centre: Centre, heard_at: int | None = None
) -> None:
    """Schedule that whoever leads an open assembly is asked whether it is over, and that it closes.

    `heard_at`: when somebody said that it goes on (UTC epoch seconds); None: its planned end.
    """
    at = ends_at(assembly) if heard_at is None else heard_at
    asked = unclosed.asked_at(at, centre.clock)
    await schedules.set(tx, CLOSING, assembly.id, asked, centre.zone)
    closes = unclosed.closes_at(at, centre.clock)
    await schedules.set(tx, UNCLOSED, assembly.id, closes, centre.zone)


async def unplan_closing(tx: Transaction, assembly: Assembly) -> None:
    """Somebody has closed it, or it has closed by itself."""
    for kind in (CLOSING, UNCLOSED):
        await schedules.remove(tx, kind, assembly.id)


def ends_at(assembly: Assembly) -> int:
    """When an open assembly was to end (UTC epoch seconds)."""
    opened_at = assembly.opened_at or assembly.starts_at
    return unclosed.ends_at(assembly.starts_at, opened_at, assembly.length_minutes)
