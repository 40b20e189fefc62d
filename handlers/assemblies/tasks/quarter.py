"""In the first days of a quarter the group reads what the one before came to, by numbers.

Everything that is added up could be read by all at its time: the list, the points, the tasks. So a
small number gives nobody away; what its author took back is not counted. With it goes how the work
was shared among the roles, which is counted here, once.
"""

from __future__ import annotations

from assembly.quarters import next_telling, quarter_before, still_told
from handlers.assemblies.tasks.screens import quarter as screens
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, follow_ups, parity_reports, schedules
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.schedules import Schedule

KIND = "quarter"


async def plan(tx: Transaction, centre: Centre, now: int) -> None:
    """For a new centre; it goes on from there."""
    at = next_telling(now, centre.clock)
    await schedules.set(tx, KIND, centre.id, at, centre.zone)


async def tell(row: Schedule, unit: UnitOfWork) -> bool:
    """Once a quarter; late only while it is news, and nothing where nothing was.

    The parity report is made even then, for the facilitators.
    """
    centre = await centres.get(unit.tx, row.subject_id)
    quarter = quarter_before(unit.now, centre.clock)
    await skip(unit.tx, row, unit.now)
    report = await parity_reports.once(unit.tx, centre.id, quarter, centre.clock)
    if not still_told(unit.now, centre.clock):
        return False
    numbers = await follow_ups.numbers(unit.tx, centre.id, quarter)
    if not numbers.any and not report.told:
        return False
    return await unit.post_to_group(
        centre,
        f"centre:{centre.id}:quarter:{quarter.year}:{quarter.number}",
        screens.told(quarter, numbers, report, Speech.of(centre)),
        not_before=centre.waits_until(unit.now),
    )


async def skip(tx: Transaction, row: Schedule, now: int) -> None:
    """The next one; after a restore what was due by now has been told."""
    centre = await centres.get(tx, row.subject_id)
    await schedules.advance(tx, row.id, next_telling(now, centre.clock))


def register(_: App) -> None:
    falls_due(KIND, tell)
