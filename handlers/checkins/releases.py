"""Releases: when a window of check-ins ends, what can be said without giving anybody away.

Drawn once, written into the ledger, then committed and posted: see storage/drawn_once.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import partial

from assembly.disclosure import Release
from assembly.noisy_release import draw
from assembly.privacy_budget import YEARLY, account_year, may_spend
from assembly.questionnaire import PULSE, QUESTIONNAIRES, Questionnaire
from assembly.windows import FIRST, Plan, following, plan, window_bounds, worth_telling
from handlers.checkins.screens.summary import LINK
from handlers.checkins.summaries import explain, post_spent, post_summary, post_undrawn
from handlers.core.may import May
from handlers.core.registration import App, deep_link, falls_due
from handlers.core.unit_of_work import Sampler, UnitOfWork
from storage import centres, drawn_once, releases, rounds, schedules, windows
from storage.centres import Centre
from storage.schedules import Schedule
from storage.secrets.ledger import Ledger
from storage.window_answers import answers_of_window
from storage.windows import CheckinWindow, Ending

log = logging.getLogger(__name__)


async def move_on(questionnaire: Questionnaire, row: Schedule, unit: UnitOfWork) -> bool:
    """The first window starts, or a window has ended: tell about it and open the next.

    After a downtime the window that was open is told about; in those that went by meanwhile nobody
    could answer, and they are recorded as skipped. False where nothing was begun or told.
    """
    centre = await centres.get(unit.tx, row.subject_id)
    calendar = await windows.calendar(unit.tx, centre.id, questionnaire)
    assert calendar is not None  # noqa: S101 - whoever made the schedule wrote it
    current = await windows.latest(unit.tx, centre.id, questionnaire)
    if current is None:
        current = await _follow(unit, centre, calendar, questionnaire, None)
        helped = True
    else:
        helped = await _end(unit, centre, calendar, current, missed=False)
        current = await _follow(unit, centre, calendar, questionnaire, current)
    while current.ends_at <= unit.now:
        helped = await _end(unit, centre, calendar, current, missed=True) or helped
        current = await _follow(unit, centre, calendar, questionnaire, current)
    await schedules.advance(unit.tx, row.id, current.ends_at)
    unit.after_commit.append(unit.services.shredder.shred)
    return helped


async def _follow(
    unit: UnitOfWork,
    centre: Centre,
    calendar: date,
    questionnaire: Questionnaire,
    ended: CheckinWindow | None,
) -> CheckinWindow:
    """Open the window after this one, or the first; if it is under way, note who is in it."""
    window = FIRST
    if ended is not None:
        window = following(ended.window, await _last_number(unit, ended), questionnaire)
    starts_at, ends_at = window_bounds(window, calendar, centre.clock)
    if ended is not None:
        starts_at = ended.ends_at
    opened = await windows.add(unit.tx, centre.id, window, starts_at, ends_at, questionnaire)
    if unit.now < ends_at:
        await windows.note_members(unit.tx, opened)
    return opened


async def _end(
    unit: UnitOfWork, centre: Centre, calendar: date, ended: CheckinWindow, *, missed: bool
) -> bool:
    """Release a window, with the numbers of before if there are any; False where it is skipped."""
    if ended.status != "open":
        return False  # a restore has settled it
    name = drawn_once.subject(centre.id, calendar, ended.window.week, ended.questionnaire)
    ledger = Ledger(unit.services.keys.database)
    found = await drawn_once.find(ledger, name)
    if found is None:
        if not await _was_asked(unit, ended):
            await _settle(unit, ended, "skipped")
            return False
        if missed or not worth_telling(ended.ends_at, unit.now):
            await _settle(unit, ended, "skipped")
            return False
        planned = plan(ended.window, await _last_number(unit, ended), ended.questionnaire)
        if not await _can_pay(unit, ended, planned):
            await _settle(unit, ended, "unpaid")
            return await post_spent(unit, centre, ended, name)
        noise = unit.services.noise
        if noise is None:
            await _settle(unit, ended, "skipped")
            return await post_undrawn(unit, centre, ended, name)
        draws = partial(_draw, unit, ended, planned, noise)
        found = await drawn_once.once(ledger, name, unit.now, draws)
    await releases.add(unit.tx, ended.id, found.releases)
    await _settle(unit, ended, "released", ended.window.tier.epsilon)
    return await post_summary(unit, centre, ended, name, found)


async def _was_asked(unit: UnitOfWork, ended: CheckinWindow) -> bool:
    """Where no assembly was followed by a pulse, nothing is drawn, charged or said of it.

    Every week has its check-ins, so of those the question isn't asked: whether anybody agrees to
    them is nobody's business.
    """
    if ended.questionnaire is not PULSE:
        return True
    bounds = ended.starts_at, ended.ends_at
    return await rounds.closed_between(unit.tx, ended.centre_id, *bounds, PULSE)


async def _can_pay(unit: UnitOfWork, ended: CheckinWindow, planned: Plan) -> bool:
    year = account_year(ended.window.week)
    spent = await windows.spent(unit.tx, ended.centre_id, year, ended.questionnaire)
    return may_spend(spent, planned.charge, YEARLY[ended.questionnaire.name])


async def _last_number(unit: UnitOfWork, ended: CheckinWindow) -> int | None:
    return await releases.last_number(unit.tx, ended.centre_id, ended.questionnaire)


async def _draw(
    unit: UnitOfWork, ended: CheckinWindow, planned: Plan, noise: Sampler
) -> Mapping[str, Release]:
    answers = await answers_of_window(unit.tx, unit.services.keys, ended, planned.questions)
    # in a thread: the sampler computes while others' presses are answered
    return await asyncio.to_thread(draw, planned, answers, noise)


async def _settle(
    unit: UnitOfWork, ended: CheckinWindow, ending: Ending, charge: Fraction = Fraction(0)
) -> None:
    await windows.settle(unit.tx, ended.id, ending, charge)
    log.info("centre %d: the window of week %d is %s", ended.centre_id, ended.window.week, ending)


def register(app: App) -> None:
    for name, kind in windows.SCHEDULES.items():
        falls_due(kind, partial(move_on, QUESTIONNAIRES[name]))
    deep_link(LINK, explain, may=May.ANYBODY)
