"""What stands in the group and still lives: brought up to date when the centre changes."""

from __future__ import annotations

from handlers.assemblies import posts
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from storage import assemblies, decisions
from storage.centres import Centre


async def refresh(unit: UnitOfWork, centre: Centre) -> None:
    """Open questions, and the assemblies to come, as the centre speaks and reckons now."""
    for decision in await decisions.open_ones(unit.tx, centre.id):
        await closing.refresh(unit, centre, decision)
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        await posts.refresh(unit, centre, assembly)
