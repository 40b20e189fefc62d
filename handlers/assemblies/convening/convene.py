"""Convening an assembly, or moving it: day, hour and place by buttons, then a look at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assembly import wording
from assembly.convening import clashes, days, hours, offered_day, possible, typed_time
from assembly.recurrence import local
from assembly.typed_day import typed_day
from assembly.wording import WordingError
from handlers.assemblies import sending
from handlers.assemblies.convening import draft as assembly_draft
from handlers.assemblies.convening.draft import Plan
from handlers.assemblies.convening.hub import convened, too_late
from handlers.assemblies.convening.screens import convene as screens
from handlers.assemblies.convening_presses import (
    Convene,
    LeaveConvening,
    PickDay,
    PickPlace,
    PickTime,
)
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.navigation import Facilitate
from handlers.core.press import Press
from handlers.core.registration import App, presses, typed
from handlers.core.screen import Screen
from handlers.core.screens import plain
from storage import assemblies, rhythm
from storage.drafts import Draft


async def choose_day(press: Convene, context: Context) -> None:
    """The first question; nothing that was chosen before counts any more."""
    before = await convened(press.assembly_id, context)
    if before is None and press.assembly_id:
        await too_late(press.assembly_id, context)
        return
    if await _asks_first(press, press.assembly_id, context):
        return
    await assembly_draft.keep(Plan(press.assembly_id), context)
    offered = days(context.now, context.speak.zone, press.page)
    screen = screens.which_day(press.centre_id, before, offered, press.page, context.speak)
    context.show(screen)


async def _asks_first(press: Press, assembly_id: int, context: Context) -> bool:
    """Whether something else is half-written, of which another assembly is a case."""
    planned = await assembly_draft.find(context)
    goes_on = planned is not None and planned.assembly_id == assembly_id
    return await asks_first(press, context, same=assembly_draft.KIND if goes_on else "")


async def choose_hour(press: PickDay, context: Context) -> None:
    """The second question: any hour can also be typed."""
    if not await _asks_first(press, press.assembly_id, context):
        await _ask_hour(press, context)


async def _ask_hour(press: PickDay, context: Context) -> None:
    day = offered_day(press.day, context.now, context.speak.zone)
    offered = hours(day, context.now, context.speak.zone) if day else []
    if day is None:
        context.show(screens.passed(press.centre_id, press.assembly_id, context.speak))
        return
    await assembly_draft.keep(Plan(press.assembly_id, day=press.day), context)
    context.show(
        screens.which_hour(press.centre_id, press.assembly_id, day, offered, context.speak)
    )


async def choose_time(press: PickTime, context: Context) -> None:
    """The third question: where."""
    if not await _asks_first(press, press.assembly_id, context):
        await _ask_place(Plan(press.assembly_id, starts_at=press.starts_at), context)


async def choose_place(press: PickPlace, context: Context) -> None:
    """The place offered, or none."""
    planned = await assembly_draft.find(context)
    if planned is None or planned.starts_at is None:
        await outdated(context)
        return
    place = await _offered_place(planned, context) if press.same else None
    await _preview(replace(planned, place=place, complete=True), context)


async def take_text(draft: Draft, context: Context) -> None:
    """Typed while convening: a day, an hour, or a place."""
    planned = await assembly_draft.read(draft, context)
    if planned is None:
        await assembly_draft.forget(context)
        await context.go(Facilitate(context.centre.id))
    elif planned.starts_at is not None:
        await _take_place(planned, context)
    elif planned.day is not None:
        await _take_hour(planned, planned.day, context)
    else:
        await _take_day(planned, context)


async def ask_again(draft: Draft, context: Context) -> None:
    planned = await assembly_draft.read(draft, context)
    if planned is None:
        return
    if planned.complete:
        await _preview(planned, context)
    elif planned.starts_at is not None:
        await _ask_place(planned, context)
    elif planned.day is not None:
        await _ask_hour(PickDay(context.centre.id, planned.assembly_id, planned.day), context)
    else:
        await choose_day(Convene(context.centre.id, planned.assembly_id, 0), context)


async def chosen(context: Context) -> str | None:
    """When it shall be; None where that is still to be chosen."""
    planned = await assembly_draft.find(context)
    if planned is None or planned.starts_at is None:
        return None
    return context.speak.moment(planned.starts_at)


async def _take_day(planned: Plan, context: Context) -> None:
    today = local(context.now, context.speak.zone).date()
    day = typed_day(context.text, today, context.speak.language)
    if day is None:
        screen = screens.not_a_day(context.centre.id, planned.assembly_id, context.speak)
        context.show(screen)
        return
    await _ask_hour(PickDay(context.centre.id, planned.assembly_id, day.toordinal()), context)


async def _take_hour(planned: Plan, day: int, context: Context) -> None:
    starts_at = typed_time(context.text, date.fromordinal(day), context.speak.zone)
    if starts_at is None:
        screen = screens.not_a_time(context.centre.id, planned.assembly_id, context.speak)
        context.show(screen)
        return
    await _ask_place(replace(planned, starts_at=starts_at), context)


async def _take_place(planned: Plan, context: Context) -> None:
    try:
        place = wording.place(context.text)
    except WordingError as error:
        context.show(Screen(plain.misfit(error, context.speak)))
        return
    await _preview(replace(planned, place=place, complete=True), context)


async def _ask_place(planned: Plan, context: Context) -> None:
    centre_id, starts_at = context.centre.id, planned.starts_at
    if starts_at is None or not possible(starts_at, context.now):
        context.show(screens.passed(centre_id, planned.assembly_id, context.speak))
        return
    await assembly_draft.keep(planned, context)
    last = await _offered_place(planned, context)
    context.show(
        screens.which_place(centre_id, planned.assembly_id, starts_at, last, context.speak)
    )


async def _preview(planned: Plan, context: Context) -> None:
    starts_at = planned.starts_at or 0
    before = await convened(planned.assembly_id, context)
    if before is None and planned.assembly_id:
        await too_late(planned.assembly_id, context)
        return
    await assembly_draft.keep(planned, context)
    upcoming = await assemblies.upcoming(context.tx, context.centre.id, context.now)
    others = [each.starts_at for each in upcoming if each.id != planned.assembly_id]
    context.show(
        screens.preview(
            context.centre.id,
            before,
            starts_at,
            planned.place,
            context.speak,
            clash=clashes(starts_at, others),
            read_at=await _read_at(starts_at, context),
        )
    )


async def _read_at(starts_at: int, context: Context) -> int | None:
    """When the group would read of a new one, if not at once."""
    zone = context.centre.clock
    if not await rhythm.would_be_dense(context.tx, context.centre.id, 0, starts_at, zone):
        return None
    at = await sending.read_at(context.tx, context.centre, starts_at, context.now)
    return at if at > context.now else None


async def leave(_: LeaveConvening, context: Context) -> None:
    """Nothing was announced, and nothing is kept."""
    if await assembly_draft.find(context) is not None:
        await assembly_draft.forget(context)
    await context.go(Facilitate(context.centre.id))


async def _offered_place(planned: Plan, context: Context) -> str | None:
    before = await convened(planned.assembly_id, context)
    return before.place if before else await assemblies.last_place(context.tx, context.centre.id)


def register(app: App) -> None:
    app.add_handler(presses(Convene, choose_day, may=May.FACILITATORS))
    app.add_handler(presses(PickDay, choose_hour, may=May.FACILITATORS))
    app.add_handler(presses(PickTime, choose_time, may=May.FACILITATORS))
    app.add_handler(presses(PickPlace, choose_place, may=May.FACILITATORS))
    app.add_handler(presses(LeaveConvening, leave, may=May.FACILITATORS))
    typed(
        assembly_draft.KIND,
        take_text,
        resume=ask_again,
        copied=assembly_draft.find,
        loses=chosen,
        may=May.FACILITATORS,
    )
