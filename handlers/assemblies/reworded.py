"""A point got another title, or another proposal: what the group has of the agenda says so, too."""

from __future__ import annotations

from handlers.assemblies import posts
from handlers.core.registration import App, falls_due
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, schedules
from storage.points import REWORDED
from storage.schedules import Schedule


async def refresh(row: Schedule, unit: UnitOfWork) -> bool:
    """Bring the assembly's posts up to date, at the next tick after the change."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    assembly = await assemblies.by_id(unit.tx, row.subject_id)
    if assembly is None or not assembly.takes_place(unit.now):
        return False
    centre = await centres.get(unit.tx, assembly.centre_id)
    await posts.refresh(unit, centre, assembly)
    return True


def register(_: App) -> None:
    falls_due(REWORDED, refresh)
