"""The next assembly of a series is convened by itself: once, whatever happens in between.

Each day of a series has at most one assembly (a unique index), and the ledger in the key store
knows which days were convened, so that neither a second process nor a restored backup tells the
group a second time. After a downtime only the next day counts: those that passed are gone.
"""

from __future__ import annotations

from collections.abc import Iterator

from assembly import series as rules
from assembly.convening import OPENABLE, clashes, still_told
from assembly.series import Going, Occurrence
from handlers.assemblies import planning, reminders
from handlers.assemblies.series import telling
from handlers.assemblies.series.screens import posts as screens
from handlers.core.registration import App, falls_due
from handlers.core.speech import Speech
from handlers.core.unit_of_work import UnitOfWork
from storage import assemblies, centres, facilitators, schedules, series
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.messages import CARD
from storage.schedules import Schedule
from storage.series import Series


async def convene_next(
    unit: UnitOfWork, centre: Centre, series_id: int, *, told: bool = False
) -> None:
    """Convene the next day of a series that runs, unless one is to come before it.

    `told`: the group reads of it elsewhere. Days that were cancelled, or held already, are passed.
    """
    found = await series.by_id(unit.tx, series_id)
    if found is None or found.status != "running":
        await schedules.remove(unit.tx, series.SCHEDULE, series_id)
        return
    ahead = await _to_come(unit, found)
    for occurrence in coming(found, centre, unit.now):
        there = await assemblies.on(unit.tx, found.id, occurrence.day)
        if there is None and ahead is not None and ahead < occurrence.starts_at:
            await _look_again(unit, centre, found, ahead)
            return
        if there is None:
            there = await _adopt(unit, found, occurrence)
        if there is None:
            there = await convene(unit, centre, found, occurrence, told=told)
        if there is not None and there.status in ("convened", "open"):
            await _look_again(unit, centre, found, occurrence.starts_at)
            return


async def _to_come(unit: UnitOfWork, found: Series) -> int | None:
    """When the next one starts that is convened already: by an earlier rule, or moved there."""
    starts = [
        each.starts_at
        for each in await assemblies.of_series(unit.tx, found.id)
        if each.status == "convened" and each.starts_at > unit.now
    ]
    return min(starts, default=None)


def coming(found: Series, centre: Centre, after: int) -> Iterator[Occurrence]:
    """The days of a series strictly after a moment, by the centre's clocks."""
    return rules.occurrences(found.rhythm, found.start, found.pauses, centre.clock, after)


async def convene(
    unit: UnitOfWork, centre: Centre, found: Series, occurrence: Occurrence, *, told: bool
) -> Assembly | None:
    """Convene one day of a series; None where it was convened before."""
    known = await series.was_convened(unit.services.keys, found, occurrence.day)
    assembly = await assemblies.convene_of_series(
        unit.tx,
        centre_id=centre.id,
        series_id=found.id,
        day=occurrence.day,
        starts_at=occurrence.starts_at,
        place=found.place,
        length_minutes=found.length_minutes,
        now=unit.now,
    )
    if assembly is None:
        return None
    await series.note_convened(unit.tx, unit.services.keys, found, occurrence.day, unit.now)
    unit.after_commit.append(unit.services.eraser.catch_up)
    assembly = await planning.plan(unit.tx, assembly, centre, unit.now)
    if not told and not known:
        await reminders.tell_convened(unit, centre, assembly)
    return assembly


async def _adopt(unit: UnitOfWork, found: Series, occurrence: Occurrence) -> Assembly | None:
    """One that was convened by hand for about that hour: people need not meet twice."""
    for each in await assemblies.upcoming(unit.tx, found.centre_id, unit.now):
        near = each.series_id is None and clashes(occurrence.starts_at, [each.starts_at])
        if near and await assemblies.adopt(unit.tx, each.id, found.id, occurrence.day):
            return await assemblies.by_id(unit.tx, each.id)
    return None


async def _look_again(unit: UnitOfWork, centre: Centre, found: Series, starts_at: int) -> None:
    """When one that starts then is over at the latest, whoever closes it or not."""
    at = rules.over_at(starts_at, found.length_minutes, OPENABLE)
    await schedules.set(unit.tx, series.SCHEDULE, found.id, at, centre.zone)


async def plan_anew(unit: UnitOfWork, centre: Centre) -> None:
    """The centre's clocks are others: its series keep their hour by them."""
    for each in await series.of_centre(unit.tx, centre.id):
        await series.moved_on(unit.tx, each.id)
        await convene_next(unit, centre, each.id)


async def look(row: Schedule, unit: UnitOfWork) -> bool:
    """The day before is over: convene the next, not at night."""
    found = await series.by_id(unit.tx, row.subject_id)
    if found is None:
        return False
    centre = await centres.get(unit.tx, found.centre_id)
    morning = centre.waits_until(unit.now)
    if morning > unit.now:
        await schedules.advance(unit.tx, row.id, morning)
        return False
    await convene_next(unit, centre, found.id)
    return True


async def opened(unit: UnitOfWork, assembly: Assembly) -> None:
    """Somebody opened an assembly: its series is alive."""
    if assembly.series_id is not None:
        await series.count_anew(unit.tx, assembly.series_id)
        await unit.retire_cards(asked(assembly.series_id))


async def over(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """An assembly was closed or cancelled: the next one of its series is convened."""
    if assembly.series_id is not None:
        await convene_next(unit, centre, assembly.series_id)


async def not_opened(unit: UnitOfWork, centre: Centre, assembly: Assembly) -> None:
    """Nobody opened it: count it, and go on, ask whether to, or pause.

    One that nobody could open, because Voci was away for a day, does not count.
    """
    if assembly.series_id is None:
        return
    in_a_row = 0
    if still_told(assembly.starts_at, unit.now):
        in_a_row = await series.count_unopened(unit.tx, assembly.series_id)
    becomes = rules.going(in_a_row)
    found = await series.by_id(unit.tx, assembly.series_id)
    if found is None or becomes is Going.PAUSE:
        await _pause(unit, centre, assembly.series_id)
        return
    if becomes is Going.ASK:
        await _ask(unit, centre, found)
    await convene_next(unit, centre, found.id)


async def _ask(unit: UnitOfWork, centre: Centre, found: Series) -> None:
    for person in await facilitators.contacts(unit.tx, centre.id, unit.now):
        await unit.post(
            f"series:{found.id}:asked:{unit.now}:{person.telegram_id}",
            person.telegram_id,
            screens.goes_on(found, Speech.of(centre, person.language)),
            centre_id=centre.id,
            ref=f"{asked(found.id)}{person.telegram_id}",
            not_before=centre.waits_until(unit.now),
        )


async def _pause(unit: UnitOfWork, centre: Centre, series_id: int) -> None:
    if not await series.become(unit.tx, series_id, "running", "paused"):
        return
    await schedules.remove(unit.tx, series.SCHEDULE, series_id)
    await unit.retire_cards(asked(series_id))
    found = await series.by_id(unit.tx, series_id)
    assert found is not None  # noqa: S101 - it has just been changed
    await telling.tell(unit, centre, series_id, screens.pauses(found, Speech.of(centre)))


def asked(series_id: int) -> str:
    """So begin the names of the messages that ask whether a series goes on."""
    return f"{CARD}series:{series_id}:"


def register(app: App) -> None:
    falls_due(series.SCHEDULE, look)
