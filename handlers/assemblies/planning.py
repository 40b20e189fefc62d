"""What falls due for an assembly that was convened or moved just now, all of it in one place."""

from __future__ import annotations

from dataclasses import replace

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
