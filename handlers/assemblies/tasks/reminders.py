"""Two days before it is due whoever took a task is reminded: privately, and nobody else hears.

Each morning a centre looks whom to remind. So a task that follows the next assembly is reminded of
in time wherever that is moved, without anything to be planned anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.tasks import next_morning, reminds
from handlers.assemblies.tasks.screens import taking as screens
from handlers.assemblies.tasks.tasks import card_ref
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, schedules, task_takers, tasks
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.schedules import Schedule
from storage.tasks import REMINDERS, Task


async def plan(tx: Transaction, centre: Centre, now: int) -> None:
    """Look each morning from now on, for as long as somebody looks after something."""
    if await schedules.find(tx, REMINDERS, centre.id) is None:
        at = next_morning(now, centre.clock)
        await schedules.set(tx, REMINDERS, centre.id, at, centre.zone)


async def look(row: Schedule, unit: UnitOfWork) -> bool:
    """A morning has come, or several after a downtime."""
    centre = await centres.get(unit.tx, row.subject_id)
    found = await tasks.open_ones(unit.tx, centre.id, unit.now)
    taken = [task for task in found if task.takers]
    await _remind(unit, centre, {task.id: task for task in taken})
    if taken:
        await schedules.advance(unit.tx, row.id, next_morning(unit.now, centre.clock))
    else:
        await schedules.remove(unit.tx, REMINDERS, centre.id)
    return True


async def skip(tx: Transaction, row: Schedule, now: int) -> None:
    """After a restore: whoever was to be reminded by now was, and from tomorrow on it goes on."""
    centre = await centres.get(tx, row.subject_id)
    for task in await tasks.open_ones(tx, centre.id, now):
        for taker in task.takers:
            if reminds(task.due_at, taker.told_at, now, centre.clock):
                await task_takers.told(tx, task.id, taker.member_id, now)
    await schedules.advance(tx, row.id, next_morning(now, centre.clock))


async def _remind(unit: UnitOfWork, centre: Centre, taken: Mapping[int, Task]) -> None:
    for person in await task_takers.reminded(unit.tx, centre.id):
        task = taken.get(person.task_id)  # None where it was taken in between
        if task is None or not reminds(task.due_at, person.told_at, unit.now, centre.clock):
            continue
        await task_takers.told(unit.tx, task.id, person.member_id, unit.now)
        ref = card_ref(task.id, person.member_id)
        await unit.post(
            f"{ref}:{task.due_at}",
            person.telegram_id,
            screens.reminder(task, Speech.of(centre, person.language)),
            centre_id=centre.id,
            ref=ref,
            not_before=centre.waits_until(unit.now),
            expires_at=task.due_at,
        )


def register(_: App) -> None:
    falls_due(REMINDERS, look)
