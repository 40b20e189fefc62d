"""Every night a centre forgets what it has kept long enough; the operators hear how much."""

from __future__ import annotations

import logging

from assembly.retention import Kept, next_sweep
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from handlers.profile.screens import retention as screens
from storage import centres, people, retention, schedules
from storage.centres import Centre
from storage.schedules import Schedule

log = logging.getLogger(__name__)


async def sweep(row: Schedule, unit: UnitOfWork) -> bool:
    """One step of it; the next tick goes on where there is more. Once after a downtime."""
    centre = await centres.get(unit.tx, row.subject_id)
    swept = await retention.sweep(unit.tx, unit.services.keys, centre.id, unit.now)
    await retention.count(unit.tx, centre.id, swept.counts)
    if swept.more:
        await schedules.advance(unit.tx, row.id, unit.now + 1)
        return True
    await schedules.advance(unit.tx, row.id, next_sweep(unit.now, centre.clock))
    counts = await retention.take_counts(unit.tx, centre.id)
    if counts:
        told = ", ".join(f"{kept.value} {n}" for kept, n in sorted(counts.items()))
        log.info("centre %d forgot what was kept long enough: %s", centre.id, told)
        await _tell_operators(unit, centre, counts)
    return True


async def _tell_operators(unit: UnitOfWork, centre: Centre, counts: dict[Kept, int]) -> None:
    """Those whom the bot has met, in their language: how much it was, and not whose."""
    for telegram_id in sorted(unit.services.operators):
        person = await people.find(unit.tx, telegram_id)
        if person is not None and person.writable:
            await unit.post(
                f"retention:{centre.id}:{unit.now}:{telegram_id}",
                telegram_id,
                screens.swept(Speech(person.language, centre.zone), centre.name, counts),
                not_before=centre.waits_until(unit.now),
            )


def register(_: App) -> None:
    falls_due(retention.SCHEDULE, sweep)
