"""What becomes of words that were put: when they stand, or the point is open again."""

from __future__ import annotations

from assembly.agreement import Standing, after, begins_again, until
from assembly.endings import Ending
from handlers.assemblies.agreeing.screens import agreeing as screens
from handlers.core.context import Context
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import agreements, assemblies, centres, messages, outbox_changes, schedules, sessions
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.points import AgendaItem
from storage.schedules import Schedule

KIND = "agreement"  # of the schedule that ends the time for disagreeing


async def reopened(item: AgendaItem, context: Context) -> None:
    """The point had ended with these words, and has not ended after all."""
    found = await agreements.at_point(context.tx, item.assembly_id, item.id)
    if found is not None and await agreements.open_again(context.tx, found.id):
        await turned_back(found, context)


async def turned_back(found: Agreement, context: Context) -> None:
    """Somebody disagreed: its time is over, and the group's post says that the point is open."""
    await schedules.remove(context.tx, KIND, found.id)
    await _refresh(context.unit, context.centre, found.id)


async def end(row: Schedule, unit: UnitOfWork) -> bool:
    """Its time is over: it stands, unless nobody could be heard meanwhile."""
    await schedules.remove(unit.tx, row.kind, row.subject_id)
    found = await agreements.by_id(unit.tx, row.subject_id)
    if found is None or found.standing is not Standing.PUT:
        return False
    centre = await centres.get(unit.tx, found.centre_id)
    if begins_again(found.until, unit.now):
        await _begin_again(unit, centre, found)
    else:
        await _stand(unit, centre, found, found.until)
    return True


async def begin_anew(unit: UnitOfWork, centre: Centre) -> None:
    """After an outage in which presses were lost: whoever pressed was not heard."""
    for assembly in await assemblies.upcoming(unit.tx, centre.id, unit.now):
        if assembly.status == "open":
            for found in await agreements.of_assembly(unit.tx, assembly.id):
                if found.standing is Standing.PUT:
                    await _begin_again(unit, centre, found)


async def _begin_again(unit: UnitOfWork, centre: Centre, found: Agreement) -> None:
    ends = until(unit.now)
    await agreements.begin_again(unit.tx, found.id, unit.now, ends)
    await schedules.set(unit.tx, KIND, found.id, ends, centre.zone)
    await _refresh(unit, centre, found.id)


async def settle(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """The assembly closes: what is still read holds, as all were told who read it."""
    for found in await agreements.of_assembly(unit.tx, assembly.id):
        if found.standing is Standing.PUT:
            await schedules.remove(unit.tx, KIND, found.id)
            await _stand(unit, centre, found, until(found.put_at, unit.now))


async def _stand(unit: UnitOfWork, centre: Centre, found: Agreement, ended: int) -> None:
    if after(found.standing, disagreed=False, over=True) is not Standing.STANDS:
        return
    if await agreements.stand(unit.tx, found.id, ended):
        await sessions.end_point(unit.tx, centre.id, found.item_id, Ending.AGREED)
        await _refresh(unit, centre, found.id)


async def _refresh(unit: UnitOfWork, centre: Centre, agreement_id: int) -> None:
    """The group's post says how it stands; without a button once that is settled."""
    found = await agreements.by_id(unit.tx, agreement_id)
    if found is None:
        return
    # Whoever leads sees it, too, at the next tick; the same whoever pressed.
    await schedules.set(unit.tx, assemblies.SIGN, found.assembly_id, unit.now, centre.zone)
    name = ref(found)
    there = await messages.find(unit.tx, name) is not None
    if there or await outbox_changes.on_its_way(unit.tx, name):
        await unit.repost_to_group(centre, ref(found), screens.post(found, Speech.of(centre)))


def ref(found: Agreement) -> str:
    """The name under which the group's post is remembered; also the key of its row."""
    return f"assembly:{found.assembly_id}:agreement:{found.id}"
