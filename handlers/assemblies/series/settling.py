"""Letting a series be as it was chosen: the group is told, and the next assembly convened."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from assembly.recurrence import local, resolve
from assembly.series import first_start, meets_alike, resumes_on
from handlers.assemblies.series import convening, telling
from handlers.assemblies.series import draft as drafts
from handlers.assemblies.series.presses import SetSeries
from handlers.assemblies.series.screens import posts
from handlers.assemblies.series.screens.choosing import Chosen
from handlers.core.context import Context
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.navigation import ShowSeries
from handlers.core.notices import say_if_it_waits
from handlers.core.registration import App, presses
from handlers.core.speech import Speech
from storage import assemblies, series
from storage.series import Series, Wish


async def settle(press: SetSeries, context: Context) -> None:
    """Let it be so: the group is told, and the next assembly is convened."""
    made = drafts.of(
        press.series_id, press.shape, press.minutes, press.length, context, press.later
    )
    known = await before(press.series_id, context)
    if made is None or (press.series_id and known is None):
        await outdated(context)
        return
    usual = known.place if known else await assemblies.last_place(context.tx, context.centre.id)
    place = await drafts.place(press.series_id, usual, context)
    wish = Wish(made.rhythm, await start(made, known, context), place, made.length)
    if await goes_to_twin(made, wish.start, context):
        return
    if known is None:
        await _set_up(wish, context)
    elif known.sequence != press.sequence or not await series.change(context.tx, known, wish):
        context.toast(context.speak("Somebody has changed it meanwhile."), alert=True)
        await context.go(ShowSeries(context.centre.id, known.id))
    else:
        await drafts.forget(context)
        await _changed(known.id, context)


async def goes_to_twin(chosen: Chosen, begins: datetime, context: Context) -> bool:
    """Whether the centre has a series for these moments already: then that is shown, and no other
    is made."""
    for each in await series.of_centre(context.tx, context.centre.id):
        alike = each.rhythm == chosen.rhythm and meets_alike(each.rhythm, each.start, begins)
        if alike and each.id != chosen.series_id:
            context.toast(context.speak("You meet at that time already."), alert=True)
            await drafts.forget(context)
            await context.go(ShowSeries(context.centre.id, each.id))
            return True
    return False


async def _set_up(wish: Wish, context: Context) -> None:
    made = await series.add(context.tx, context.centre.id, wish, context.now)
    await drafts.forget(context)
    if made is None:  # a second press, or a second facilitator
        same = await series.of_centre(context.tx, context.centre.id)
        found = next(
            each for each in same if (each.rhythm, each.start) == (wish.rhythm, wish.start)
        )
        await context.go(ShowSeries(context.centre.id, found.id))
        return
    first = resolve(made.start, context.centre.clock)
    await convening.convene_next(context.unit, context.centre, made.id, told=True)
    begins = posts.begins(made, first, Speech.of(context.centre))
    await telling.tell(context.unit, context.centre, made.id, begins)
    await say_if_it_waits(context.unit, context.centre, context.speak)
    await context.go(ShowSeries(context.centre.id, made.id))


async def _changed(series_id: int, context: Context) -> None:
    changed = await series.by_id(context.tx, series_id)
    assert changed is not None  # noqa: S101 - it has just been changed
    first = next(convening.coming(changed, context.centre, context.now))
    await convening.convene_next(context.unit, context.centre, series_id, told=True)
    changes = posts.changes(changed, first.starts_at, Speech.of(context.centre))
    await telling.tell(context.unit, context.centre, series_id, changes)
    await say_if_it_waits(context.unit, context.centre, context.speak)
    await context.go(ShowSeries(context.centre.id, series_id))


async def start(chosen: Chosen, known: Series | None, context: Context) -> datetime:
    """When it begins: the next time, and after what is convened already."""
    now = local(context.now, context.centre.clock)
    since = now.date()
    last = await _last_convened(known, context)
    if last is not None:
        since = max(since, resumes_on(last))
    start = first_start(chosen.rhythm, chosen.hour, since)
    if start <= now:
        start = first_start(chosen.rhythm, chosen.hour, since + timedelta(days=1))
    return start + timedelta(weeks=chosen.later)


async def _last_convened(known: Series | None, context: Context) -> date | None:
    """The latest day of a series that is convened, or held."""
    if known is None:
        return None
    days = [
        local(each.starts_at, context.centre.clock).date()
        for each in await assemblies.of_series(context.tx, known.id)
        if each.status != "cancelled"
    ]
    return max(days, default=None)


async def before(series_id: int, context: Context) -> Series | None:
    """The series that is changed, if it can be: of this centre, and not over."""
    found = await series.find(context.tx, context.centre.id, series_id)
    return found if found is not None and found.status != "ended" else None


def register(app: App) -> None:
    app.add_handler(presses(SetSeries, settle, may=May.FACILITATORS))
