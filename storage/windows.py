"""A centre's calendar: over which weeks answers are gathered, and who is enrolled meanwhile.

All moments are UTC epoch seconds.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from assembly.immutable import immutable
from assembly.privacy_budget import YEAR_WEEKS
from assembly.questionnaire import PULSE, QUESTIONNAIRES, WEEKLY, Questionnaire
from assembly.roles import Role
from assembly.windows import (
    FIRST,
    TIERS,
    Window,
    first_day,
    joined_by,
    window_bounds,
)
from storage import remains, schedules
from storage.centres import Centre
from storage.engine.transaction import Row, Transaction

Ending = Literal["released", "skipped", "unpaid"]
Status = Literal["open", "released", "skipped", "unpaid"]

# The kinds of a centre's schedules, by questionnaire; their subject is the centre.
SCHEDULES = {WEEKLY.name: "release", PULSE.name: "release-pulse"}


@immutable
class CheckinWindow:
    """A window of a centre with the bounds it has got, end excluded, and what became of it.

    `released`: drawn, published or not; `skipped`: nobody looked at its answers in time, or
    nothing to draw with was installed;
    `unpaid`: the year's account was spent, so nothing was drawn.
    """

    id: int
    centre_id: int
    questionnaire: Questionnaire
    window: Window
    starts_at: int
    ends_at: int
    status: Status


async def begin(tx: Transaction, centre: Centre, questionnaire: Questionnaire = WEEKLY) -> bool:
    """Starts the centre's calendar on a day of its own; False if it had started.

    Called when a centre is set up. Of those that were set up before and had no calendar yet, at
    the first consent: the day is the same, and the windows that are over are skipped.
    """
    day = first_day(centre.created_at, centre.clock)
    begun = await tx.value(
        "begin_calendar",
        centre_id=centre.id,
        questionnaire=questionnaire.name,
        first_day=day.isoformat(),
    )
    if begun is None:
        return False
    starts_at, _ = window_bounds(FIRST, day, centre.clock)
    kind = SCHEDULES[questionnaire.name]
    await schedules.set(tx, kind, centre.id, starts_at, centre.zone)
    return True


async def calendar(
    tx: Transaction, centre_id: int, questionnaire: Questionnaire = WEEKLY
) -> date | None:
    """The day on which the centre's calendar started or will start; None where it has none yet."""
    day = await tx.value("calendar_of", centre_id=centre_id, questionnaire=questionnaire.name)
    return None if day is None else date.fromisoformat(day)


async def latest(
    tx: Transaction, centre_id: int, questionnaire: Questionnaire = WEEKLY
) -> CheckinWindow | None:
    """The centre's newest window, whatever became of it; None before the first one."""
    row = await tx.row("latest_window", centre_id=centre_id, questionnaire=questionnaire.name)
    return _gathering(row) if row else None


async def add(
    tx: Transaction,
    centre_id: int,
    window: Window,
    starts_at: int,
    ends_at: int,
    questionnaire: Questionnaire = WEEKLY,
) -> CheckinWindow:
    """Opens a window. Raises Conflict where another one is open or there was one in its week."""
    window_id = await tx.value(
        "add_window",
        centre_id=centre_id,
        questionnaire=questionnaire.name,
        week=window.week,
        tier=window.tier.name,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return CheckinWindow(
        int(window_id), centre_id, questionnaire, window, starts_at, ends_at, "open"
    )


async def note_members(tx: Transaction, gathering: CheckinWindow) -> None:
    """Notes who is enrolled at a window's start, and in which role: nobody else counts in it.

    Enrolled is who agrees to check-ins and was a member for four weeks by then.
    """
    await tx.run(
        "note_window_members",
        window_id=gathering.id,
        centre_id=gathering.centre_id,
        joined_by=joined_by(gathering.starts_at),
    )


async def members(tx: Transaction, window_id: int) -> dict[int, Role]:
    """Who was enrolled at the start of an open window, with the role of then."""
    rows = await tx.rows("window_members_of", window_id=window_id)
    return {row["member_id"]: Role(row["role"]) for row in rows}


async def settle(tx: Transaction, window_id: int, ending: Ending, charge: Fraction) -> bool:
    """Ends a window for good, with what it cost each member; False where it was no longer open.

    Who was enrolled is deleted for good: then call Shredder.shred.
    """
    settled = await tx.run("settle_window", id=window_id, status=ending, charge=str(charge))
    await tx.run("remove_window_members", window_id=window_id)
    await remains.note(tx)
    return bool(settled)


async def forget(tx: Transaction, member_id: int) -> None:
    """Takes a member who is erased out of every window that is open."""
    await tx.run("forget_window_member", member_id=member_id)


async def spent(
    tx: Transaction, centre_id: int, year: int, questionnaire: Questionnaire = WEEKLY
) -> Fraction:
    """What the windows of a year (0 is the calendar's first) have cost each member, in epsilon."""
    rows = await tx.rows(
        "charges_between",
        centre_id=centre_id,
        questionnaire=questionnaire.name,
        first_week=year * YEAR_WEEKS,
        last_week=(year + 1) * YEAR_WEEKS - 1,
    )
    return sum((Fraction(row["charge"]) for row in rows), Fraction(0))


def _gathering(row: Row) -> CheckinWindow:
    return CheckinWindow(
        id=row["id"],
        centre_id=row["centre_id"],
        questionnaire=QUESTIONNAIRES[row["questionnaire"]],
        window=Window(row["week"], TIERS[row["tier"]]),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        status=row["status"],
    )
