"""The agenda is sent, and so fixed, when the centre says so: days before, or by its rhythm.

Where assemblies are dense it comes with the one post that the group has of an assembly; elsewhere
it is a post of its own, in place of a reminder a week before.
"""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from assembly import rhythm as rhythms
from assembly import sending as rules
from assembly.reminders import Kind
from handlers.assemblies import cards, posts
from handlers.assemblies.presses import Post
from handlers.assemblies.tasks import authors
from handlers.core.registration import App, falls_due
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, assembly_settings, centres, rhythm, schedules
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.schedules import Schedule

FREEZE = "assembly-freeze"


async def moment(tx: Transaction, assembly: Assembly, zone: str, since: int) -> int:
    """When its agenda is sent, if that was settled at `since` (both UTC epoch seconds)."""
    settings = await assembly_settings.of(tx, assembly.centre_id)
    dense = await rhythm.is_dense(tx, assembly.id)
    days = rules.days_before(settings.agenda_days, dense=dense)
    return rules.sent_at(assembly.starts_at, days, since, ZoneInfo(zone))


async def plan(tx: Transaction, assembly: Assembly, zone: str, since: int) -> None:
    """Schedule it for an assembly whose agenda is not fixed yet."""
    if assembly.frozen_at is None:
        at = await moment(tx, assembly, zone, since)
        await schedules.set(tx, FREEZE, assembly.id, at, zone)


async def planned_at(tx: Transaction, assembly: Assembly) -> int | None:
    """When its agenda will be sent (UTC epoch seconds); None once it was."""
    row = await schedules.find(tx, FREEZE, assembly.id)
    return row.next_at if row is not None else None


async def plan_all(tx: Transaction, centre: Centre, now: int) -> None:
    """The centre wants it at another time: for all that were not sent."""
    for assembly in await assemblies.upcoming(tx, centre.id, now):
        if assembly.status == "convened":
            await plan(tx, assembly, centre.zone, now)


async def refresh_all(unit: UnitOfWork, centre: Centre) -> None:
    """Whether people are asked if they come has changed: under what stands in the group, too."""
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        if assembly.status == "convened" and await rhythm.is_dense(unit.tx, assembly.id):
            await posts.refresh(unit, centre, assembly)


async def read_at(tx: Transaction, centre: Centre, starts_at: int, now: int) -> int:
    """When the group reads of a dense assembly that is convened at `now`."""
    settings = await assembly_settings.of(tx, centre.id)
    days = rules.days_before(settings.agenda_days, dense=True)
    at = rules.sent_at(starts_at, days, now, centre.clock)
    if rules.stands_alone(starts_at, at):
        return at
    return rhythms.read_at(starts_at, now, centre.clock)


async def send(row: Schedule, unit: UnitOfWork) -> bool:
    """The agenda is fixed, late rather than not at all, and told unless a reminder is near."""
    tx = unit.tx
    if await schedules.find(tx, row.kind, row.subject_id) != row:
        return False
    assembly = await assemblies.by_id(tx, row.subject_id)
    if assembly is not None:  # others may have been convened around it since
        at = await moment(tx, assembly, row.zone, assembly.convened_at)
        if at > unit.now:
            await schedules.advance(tx, row.id, at)
            return False
    await schedules.remove(tx, row.kind, row.subject_id)
    if assembly is None or not await posts.freeze(tx, assembly, unit.now):
        return False
    centre = await centres.get(tx, assembly.centre_id)
    await authors.placed(unit, centre, assembly)
    if rules.stands_alone(assembly.starts_at, unit.now):
        await _tell(unit, centre, replace(assembly, frozen_at=unit.now))
    return True


async def _tell(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """The group, not at night; where assemblies are far apart, whoever wishes in private too."""
    at = centre.waits_until(unit.now)
    if await rhythm.is_dense(unit.tx, assembly.id):
        await tell_once(unit, centre, assembly, not_before=at)
        return
    await _post(unit, centre, assembly, not_before=at)
    key = f"centre:{centre.id}:assembly:{assembly.id}:{assembly.starts_at}:reminder:{Kind.WEEK}"
    seen = await posts.overview(unit.tx, assembly)
    await cards.remind(unit, centre, seen, key, assembly.starts_at, not_before=at)


async def tell_once(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, *, not_before: int | None = None
) -> None:
    """The one post that the group has of it; where something stands already, that is edited."""
    if await posts.latest(unit.tx, assembly) is None:
        await _post(unit, centre, assembly, not_before=not_before)
    else:
        await posts.refresh(unit, centre, assembly)


async def _post(
    unit: UnitOfWork, centre: Centre, assembly: Assembly, *, not_before: int | None
) -> None:
    key, until = f"{assembly.starts_at}:agenda", assembly.starts_at
    await posts.post(
        unit, centre, assembly, Post.AGENDA, key, not_before=not_before, expires_at=until
    )


def register(app: App) -> None:
    falls_due(FREEZE, send)
