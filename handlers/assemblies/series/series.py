"""A series as it is: to pause it, let it go on, and end it."""

from __future__ import annotations

from handlers.assemblies.series import convening, setting_up, telling
from handlers.assemblies.series.presses import EndSeries, LetGoOn, StopForNow
from handlers.assemblies.series.screens import posts
from handlers.assemblies.series.screens import series as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.navigation import ShowSeries
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from storage import assemblies, endings, schedules, series
from storage.endings import Ending
from storage.series import Series, Status


async def show(press: ShowSeries, context: Context) -> None:
    """One series; without one: how often does the centre meet?"""
    if press.series_id == 0:
        await setting_up.offer(context)
        return
    found = await _there(press.series_id, context)
    if found is not None:
        await _show(found, context)


async def _show(found: Series, context: Context) -> None:
    ahead = [
        each.starts_at
        for each in await assemblies.of_series(context.tx, found.id)
        if each.status == "convened" and each.takes_place(context.now)
    ]
    context.show(screens.one(found, min(ahead, default=None), context.speak))


async def let_go_on(press: LetGoOn, context: Context) -> None:
    """It goes on: after a pause the group is told, and the next one is convened."""
    found = await _there(press.series_id, context)
    if found is None:
        return
    await context.unit.retire_cards(convening.asked(found.id))
    if await series.become(context.tx, found.id, "paused", "running"):
        following = next(convening.coming(found, context.centre, context.now))
        speak = Speech.of(context.centre)
        await convening.convene_next(context.unit, context.centre, found.id, told=True)
        await _tell(found.id, posts.resumes(found, following.starts_at, speak), context)
    else:
        await series.count_anew(context.tx, found.id)
    await _show_now(found.id, context)


async def stop(press: StopForNow, context: Context) -> None:
    """It pauses; what is convened already stays."""
    found = await _there(press.series_id, context)
    if found is None:
        return
    if await _become(found, "paused", context):
        await _tell(found.id, posts.stops(found, Speech.of(context.centre)), context)
    await _show_now(found.id, context)


async def end(press: EndSeries, context: Context) -> None:
    """It ends, after asking once; the ledger knows, so that no backup brings it back."""
    found = await _there(press.series_id, context)
    if found is None:
        return
    if not press.sure:
        context.show(screens.sure_to_end(found, context.speak))
        return
    if await _become(found, "ended", context):
        keys = context.services.keys
        await endings.note(context.tx, keys, Ending.SERIES, found.subject, context.now)
        context.unit.after_commit.append(context.services.eraser.catch_up)
        await _tell(found.id, posts.ends(found, Speech.of(context.centre)), context)
    context.show(screens.over(context.centre.id, context.speak))


async def _become(found: Series, status: Status, context: Context) -> bool:
    if not await series.become(context.tx, found.id, found.status, status):
        return False
    await schedules.remove(context.tx, series.SCHEDULE, found.id)
    await context.unit.retire_cards(convening.asked(found.id))
    return True


async def _tell(series_id: int, screen: Screen, context: Context) -> None:
    await telling.tell(context.unit, context.centre, series_id, screen)
    await say_if_it_waits(context.unit, context.centre, context.speak)


async def _show_now(series_id: int, context: Context) -> None:
    found = await series.by_id(context.tx, series_id)
    if found is not None:
        await _show(found, context)


async def _there(series_id: int, context: Context) -> Series | None:
    """The series, if it has not ended; otherwise that is said."""
    found = await series.find(context.tx, context.centre.id, series_id)
    if found is not None and found.status != "ended":
        return found
    context.show(screens.over(context.centre.id, context.speak))
    return None


def register(app: App) -> None:
    app.add_handler(presses(ShowSeries, show, may=May.FACILITATORS))
    app.add_handler(presses(LetGoOn, let_go_on, may=May.FACILITATORS))
    app.add_handler(presses(StopForNow, stop, may=May.FACILITATORS))
    app.add_handler(presses(EndSeries, end, may=May.FACILITATORS))
