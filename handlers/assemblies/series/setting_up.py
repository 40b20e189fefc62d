"""Setting a series up, or changing it: as the centre met so far, or part by part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from assembly import wording
from assembly.convening import typed_time
from assembly.recurrence import local, resolve
from assembly.series import USUAL_LENGTH, Rhythm, suggested
from assembly.wording import WordingError
from handlers.assemblies.series import draft as drafts
from handlers.assemblies.series import settling
from handlers.assemblies.series.presses import (
    LeavePlaceOpen,
    Part,
    PickPart,
    PlanSeries,
    SetSeries,
)
from handlers.assemblies.series.screens import choosing as screens
from handlers.assemblies.series.screens import series as series_screens
from handlers.assemblies.series.screens.choosing import Chosen
from handlers.core.context import Context
from handlers.core.half_written import asks_first
from handlers.core.home import outdated
from handlers.core.may import May
from handlers.core.registration import App, presses, typed
from handlers.core.screen import Screen
from handlers.core.screens import plain
from storage import assemblies
from storage.drafts import Draft

LOOKED_AT = 12  # assemblies so far, to see how often the centre meets
_USUAL = Rhythm(3)  # where it has not met yet, only a beginning
_USUAL_HOUR = 16 * 60


async def offer(context: Context) -> None:
    """How often does the centre meet? From the assemblies there were."""
    await drafts.forget(context)
    starts = await assemblies.latest_starts(context.tx, context.centre.id, LOOKED_AT)
    found = suggested([local(each, context.centre.clock) for each in starts])
    if found:
        context.show(screens.offer(context.centre.id, found, USUAL_LENGTH, context.speak))
    else:
        usual = Chosen(context.centre.id, 0, _USUAL, _USUAL_HOUR, USUAL_LENGTH)
        context.show(screens.which_day(usual, context.speak, then_hour=True))


async def plan(press: PlanSeries, context: Context) -> None:
    """As it would be, before anything is told."""
    made = drafts.of(*_carried(press), context, press.later)
    if made is None:
        await outdated(context)
    else:
        await _preview(made, context)


async def _preview(chosen: Chosen, context: Context) -> None:
    before = await settling.before(chosen.series_id, context)
    if before is None and chosen.series_id:
        context.show(series_screens.over(context.centre.id, context.speak))
        return
    begins = await settling.start(chosen, before, context)
    if await settling.goes_to_twin(chosen, begins, context):
        return
    usual = before.place if before else await assemblies.last_place(context.tx, context.centre.id)
    place = await drafts.place(chosen.series_id, usual, context)
    if place != usual:
        await drafts.set_place(chosen, place, context)
    else:
        await drafts.forget(context)
    first = resolve(begins, context.centre.clock)
    weeks = chosen.rhythm.weeks
    others = [(chosen.later + 1) % weeks] if weeks > 1 else []
    sequence = before.sequence if before else 0
    context.show(screens.preview(chosen, place, first, others, sequence, context.speak))


async def pick(press: PickPart, context: Context) -> None:
    """Ask for a part of it; an hour and a place can be typed."""
    made = drafts.chosen(press, context)
    if made is None:
        await outdated(context)
        return
    if press.part in (Part.HOUR, Part.PLACE):
        if await asks_first(press, context, same=drafts.KIND):
            return
        await drafts.ask(made, press.part, context)
    _ask(made, press.part, context)


def _ask(chosen: Chosen, part: Part, context: Context) -> None:
    speak = context.speak
    match part:
        case Part.OFTEN:
            context.show(screens.how_often(chosen, speak))
        case Part.DAY:
            context.show(screens.which_day(chosen, speak, then_hour=False))
        case Part.HOUR:
            context.show(screens.which_hour(chosen, speak))
        case Part.LENGTH:
            context.show(screens.how_long(chosen, speak))
        case Part.PLACE:
            context.show(screens.which_place(chosen, speak))
        case _:
            assert_never(part)


async def leave_place_open(press: LeavePlaceOpen, context: Context) -> None:
    """No certain place."""
    made = drafts.of(*_carried(press), context)
    if made is None:
        await outdated(context)
        return
    await drafts.set_place(made, None, context)
    await _preview(made, context)


async def take_text(draft: Draft, context: Context) -> None:
    """An hour or a place was typed."""
    found = await drafts.read(draft, context)
    if found is None:
        await drafts.forget(context)
        await offer(context)
        return
    made, part = found
    if part is Part.HOUR:
        await _take_hour(made, context)
        return
    try:
        place = wording.place(context.text)
    except WordingError as error:
        context.show(Screen(plain.misfit(error, context.speak)))
        return
    await drafts.set_place(made, place, context)
    await _preview(made, context)


async def _take_hour(chosen: Chosen, context: Context) -> None:
    moment = typed_time(context.text, date(2024, 1, 1), ZoneInfo("UTC"))
    if moment is None:
        context.show(screens.not_a_time(chosen, context.speak))
        return
    found = datetime.fromtimestamp(moment, UTC)
    await _preview(replace(chosen, minutes=found.hour * 60 + found.minute), context)


async def ask_again(draft: Draft, context: Context) -> None:
    found = await drafts.read(draft, context)
    if found is not None:
        _ask(*found, context)


async def typed_place(context: Context) -> str | None:
    """The place that would be lost; None where none was typed."""
    found = await drafts.find(context)
    return found.get("place") if found is not None else None


def _carried(press: PlanSeries | SetSeries | LeavePlaceOpen) -> tuple[int, str, int, int]:
    return press.series_id, press.shape, press.minutes, press.length


def register(app: App) -> None:
    app.add_handler(presses(PlanSeries, plan, may=May.FACILITATORS))
    app.add_handler(presses(PickPart, pick, may=May.FACILITATORS))
    app.add_handler(presses(LeavePlaceOpen, leave_place_open, may=May.FACILITATORS))
    typed(
        drafts.KIND,
        take_text,
        resume=ask_again,
        copied=drafts.find,
        loses=typed_place,
        may=May.FACILITATORS,
    )
