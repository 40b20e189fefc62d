"""The days of a series: one of them moved or cancelled alone, and the pauses in between.

A day that is to be different is convened at once, in silence, and then changed as any other
assembly is; so the rule is not touched, and no day is convened twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import islice

from assembly.recurrence import local
from assembly.series import Occurrence, Pause, Rhythm
from handlers.assemblies.convening_presses import CancelAssembly, Convene
from handlers.assemblies.series import convening, telling
from handlers.assemblies.series.presses import (
    ChangeDay,
    PickDayOfSeries,
    PickPause,
    SetMonth,
    SetPause,
    ShowDays,
    ShowPauses,
)
from handlers.assemblies.series.screens import days as screens
from handlers.assemblies.series.screens import posts
from handlers.assemblies.series.screens.days import LAST_PAGE, Day
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowSeries
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from storage import assemblies, series
from storage.series import Series, Wish

SHOWN = 8  # days on one page
MOST_PAUSES = 40  # of one series: more than anybody plans
FURTHEST = 3 * 366  # days from now: no pause is looked for, or begins, beyond


async def show(press: ShowDays, context: Context) -> None:
    """Its next days."""
    found = await _there(press.series_id, context)
    if found is None:
        return
    coming = [
        Day(each, await assemblies.on(context.tx, found.id, each.day))
        for each in islice(convening.coming(found, context.centre, context.now), SHOWN)
    ]
    context.show(screens.days(found, coming, context.speak))


async def pick(press: PickDayOfSeries, context: Context) -> None:
    """One of them."""
    picked = await _picked(press, context)
    if picked is None:
        return
    found, occurrence = picked
    there = await assemblies.on(context.tx, found.id, occurrence.day)
    context.show(screens.day(found, Day(occurrence, there), context.speak))


async def change(press: ChangeDay, context: Context) -> None:
    """Convene it now, so that it can be moved or cancelled; the others stay as they are."""
    picked = await _picked(press, context)
    if picked is None:
        return
    found, occurrence = picked
    await convening.convene(context.unit, context.centre, found, occurrence, told=True)
    there = await assemblies.on(context.tx, found.id, occurrence.day)
    if there is None or there.status != "convened":
        await context.go(PickDayOfSeries(press.centre_id, found.id, press.day))
    elif press.cancel:
        await context.go(CancelAssembly(press.centre_id, there.id, sure=False))
    else:
        await context.go(Convene(press.centre_id, there.id, 0))


async def show_pauses(press: ShowPauses, context: Context) -> None:
    """When it does not meet."""
    found = await _there(press.series_id, context)
    if found is not None:
        context.show(screens.pauses(found, _today(context), context.speak))


async def set_month(press: SetMonth, context: Context) -> None:
    """A month of every year, or no longer."""
    found = await _there(press.series_id, context)
    if found is None or not 1 <= press.month <= 12:
        return
    off = found.rhythm.months_off
    wished = off | {press.month} if press.off else off - {press.month}
    if wished != off and len(wished) < 12:
        rhythm = replace(found.rhythm, months_off=wished)
        if await series.change(context.tx, found, _wish(found, rhythm)):
            screen = posts.month(found, press.month, Speech.of(context.centre), off=press.off)
            await _tell(found, screen, context)
    await context.go(ShowPauses(press.centre_id, found.id))


async def pick_pause(press: PickPause, context: Context) -> None:
    """Its first day, then its last."""
    found = await _there(press.series_id, context)
    if found is None:
        return
    first = _day(press.first, context)
    page = min(max(press.page, 0), LAST_PAGE)
    ahead = await _to_be_paused(found, first, context)
    shown = list(islice(ahead, page * SHOWN, (page + 1) * SHOWN))
    context.show(screens.pause(found, first, shown, page, context.speak))


async def set_pause(press: SetPause, context: Context) -> None:
    """Days on which it does not meet, or does again."""
    found = await _there(press.series_id, context)
    first, last = _day(press.first, context), _day(press.last, context)
    if found is None or first is None or last is None or last < first:
        return
    pause = Pause(first, last)
    wished = set(found.pauses) | {pause} if press.on else set(found.pauses) - {pause}
    new = wished != set(found.pauses) and len(wished) <= MOST_PAUSES
    if new and await series.pause_for(context.tx, found, wished):
        screen = posts.pause(found, pause, Speech.of(context.centre), on=press.on)
        await _tell(found, screen, context)
    await context.go(ShowPauses(press.centre_id, found.id))


async def _tell(found: Series, screen: Screen, context: Context) -> None:
    """The group reads of it; what is convened stays, and what comes next is looked at anew."""
    await telling.tell(context.unit, context.centre, found.id, screen)
    await convening.convene_next(context.unit, context.centre, found.id)
    await say_if_it_waits(context.unit, context.centre, context.speak)


async def _to_be_paused(found: Series, first: date | None, context: Context) -> Iterable[date]:
    """Days that are not convened yet: what was announced is cancelled on its own."""
    known = {
        each.series_date
        for each in await assemblies.of_series(context.tx, found.id)
        if each.status != "cancelled"
    }
    coming = convening.coming(found, context.centre, context.now)
    return (
        each.day
        for each in coming
        if each.day.isoformat() not in known and (first is None or each.day >= first)
    )


async def _picked(
    press: PickDayOfSeries | ChangeDay, context: Context
) -> tuple[Series, Occurrence] | None:
    """The series and its day; where one of them is gone, what there is instead is shown."""
    found = await _there(press.series_id, context)
    if found is None:
        return None
    occurrence = _on(found, press.day, context)
    if occurrence is None:
        await context.go(ShowDays(press.centre_id, press.series_id))
        return None
    return found, occurrence


def _on(found: Series, ordinal: int, context: Context) -> Occurrence | None:
    """The day of this number, if it is one of the next of the series."""
    day = _day(ordinal, context)
    coming = islice(convening.coming(found, context.centre, context.now), SHOWN)
    return next((each for each in coming if each.day == day), None)


def _day(ordinal: int, context: Context) -> date | None:
    """The day of this number in the calendar; None for what no button of ours carries."""
    today = _today(context)
    near = abs(ordinal - today.toordinal()) <= FURTHEST
    return date.fromordinal(ordinal) if near else None


def _today(context: Context) -> date:
    return local(context.now, context.centre.clock).date()


def _wish(found: Series, rhythm: Rhythm) -> Wish:
    return Wish(rhythm, found.start, found.place, found.length_minutes)


async def _there(series_id: int, context: Context) -> Series | None:
    """The series, if it has not ended; otherwise that is said."""
    found = await series.find(context.tx, context.centre.id, series_id)
    if found is not None and found.status != "ended":
        return found
    await context.go(ShowSeries(context.centre.id, series_id))
    return None


def register(app: App) -> None:
    app.add_handler(presses(ShowDays, show, may=May.FACILITATORS))
    app.add_handler(presses(PickDayOfSeries, pick, may=May.FACILITATORS))
    app.add_handler(presses(ChangeDay, change, may=May.FACILITATORS))
    app.add_handler(presses(ShowPauses, show_pauses, may=May.FACILITATORS))
    app.add_handler(presses(SetMonth, set_month, may=May.FACILITATORS))
    app.add_handler(presses(PickPause, pick_pause, may=May.FACILITATORS))
    app.add_handler(presses(SetPause, set_pause, may=May.FACILITATORS))
