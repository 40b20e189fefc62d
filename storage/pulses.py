"""When a centre's members are asked about the assembly itself. All moments are UTC epoch seconds.

Each asking is a round like those of the check-ins (storage/rounds.py), under its questionnaire.
"""

from __future__ import annotations

from assembly import pulse
from assembly.questionnaire import PULSE
from storage import assemblies, schedules, windows
from storage.centres import Centre
from storage.engine.transaction import Transaction

SCHEDULE = "pulse"  # the kind of a centre's schedule; its subject is the centre


async def plan(tx: Transaction, centre: Centre, closed_at: int) -> bool:
    """Has the pulse follow an assembly that closed; False where the last one was lately."""
    if not pulse.is_due(closed_at, await last_sent(tx, centre.id), centre.clock):
        return False
    await windows.begin(tx, centre, PULSE)
    at = pulse.goes_out_at(closed_at, centre.clock)
    await schedules.set(tx, SCHEDULE, centre.id, at, centre.zone)
    return True


async def last_sent(tx: Transaction, centre_id: int) -> int | None:
    """When the last pulse went out, to whomever; None before the first."""
    found = await tx.value("last_sent_in_centre", centre_id=centre_id, questionnaire=PULSE.name)
    return None if found is None else int(found)


async def takes_week(tx: Transaction, centre: Centre, at: int) -> bool:
    """Whether the week of `at` has a pulse, sent or to come: then no weekly check-in is sent."""
    planned = await schedules.find(tx, SCHEDULE, centre.id)
    starts = [each.starts_at for each in await assemblies.upcoming(tx, centre.id, at)]
    return pulse.takes_week(
        at,
        await last_sent(tx, centre.id),
        planned.next_at if planned is not None else None,
        starts,
        centre.clock,
    )
