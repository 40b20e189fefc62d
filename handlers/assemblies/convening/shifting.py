"""Assemblies to come, when the centre's clocks are set to another zone: the hour stays."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from assembly.reminders import freeze_at
from assembly.zones import same_hour
from handlers.assemblies import planning, posts, reminders
from handlers.assemblies.duties import search
from handlers.assemblies.series import convening
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies
from storage.assemblies import Assembly
from storage.centres import Centre


async def shift_all(unit: UnitOfWork, centre: Centre, before: ZoneInfo) -> None:
    """Each at the hour that people were told; one whose time has come stays as it is.

    `centre` has its new clocks already. Who said that they come is not asked again.
    """
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        if assembly.status == "convened" and assembly.starts_at > unit.now:
            assembly = await _shift(unit, centre, assembly, before)
        await posts.refresh(unit, centre, assembly)
    await convening.plan_anew(unit, centre)


async def _shift(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, before: ZoneInfo
) -> Assembly:
    starts_at = same_hour(assembly.starts_at, before, centre.clock)
    await assemblies.move(unit.tx, centre.id, assembly.id, starts_at, assembly.place)
    moved = replace(assembly, starts_at=starts_at)
    if moved.frozen_at is None and freeze_at(starts_at) <= unit.now:
        await posts.freeze(unit.tx, moved, unit.now)
        moved = replace(moved, frozen_at=unit.now)
    await reminders.plan_anew(unit.tx, moved, centre.zone)
    await planning.plan_opening(unit.tx, moved, centre.zone)
    await search.plan(unit.tx, moved, centre, unit.now)
    return moved
