"""Check-ins: when each member wants to be asked, who may be, and whose answers count in a window.

Each sending is in storage/rounds.py; what was answered is in storage/answers.py, sealed. All
moments are UTC epoch seconds.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assembly import checkin
from assembly.immutable import immutable
from assembly.questionnaire import WEEKLY, Questionnaire
from assembly.recurrence import weekly
from assembly.roles import Role
from assembly.zones import same_hour
from storage import centres, members, rounds, schedules, windows
from storage.engine.transaction import Row, Transaction

SCHEDULE = "checkin"  # the kind of a member's weekly schedule; its subject is the member


@immutable
class CheckinSettings:
    """When a member wants to be asked: local time of the week, Monday is 0.

    `paused_until` is None where nothing is paused; not `active`: the member has stopped.
    """

    member_id: int
    weekday: int
    hour: int
    minute: int
    paused_until: int | None
    active: bool

    @property
    def rule(self) -> str:
        """The same as an RFC 5545 rule."""
        return weekly(self.weekday, self.hour, self.minute)

    def paused(self, now: int) -> bool:
        """Whether a pause is on at `now`."""
        return self.paused_until is not None and now < self.paused_until


@immutable
class Recipient:
    """Who is to be asked: active, consenting, not paused, in a chat that can be written to.

    `centres` is the number of centres that this person takes part in.
    """

    member_id: int
    centre_id: int
    telegram_id: int
    language: str
    centre_name: str
    zone: str
    centres: int


@immutable
class SealedAnswer:
    """Answers as they lie in the database, with the member's role; see storage.answers.opened.

    There are some of every round, also where nobody answered.
    """

    member_id: int
    role: Role
    round_id: int
    answered: str
    sealed: bytes


async def enrol(tx: Transaction, member_id: int, zone: str, now: int) -> CheckinSettings:
    """The member wants to be asked: from the next Wednesday 17:00 on, or the time kept from before.

    `zone` is the centre's. Ends a pause and a stop. The consent is recorded by the caller, in the
    same transaction. Raises Conflict where there is no such member.
    """
    await tx.run(
        "enrol_in_checkins",
        member_id=member_id,
        weekday=checkin.DEFAULT_WEEKDAY,
        hour=checkin.DEFAULT_HOUR,
        minute=checkin.DEFAULT_MINUTE,
    )
    wish = await find_settings(tx, member_id)
    assert wish is not None  # noqa: S101 - written just now
    await plan(tx, wish, zone, now)
    member = await members.get(tx, member_id)
    assert member is not None  # noqa: S101 - whoever has a wish is a member
    await windows.begin(tx, await centres.get(tx, member.centre_id))
    return wish


async def find_settings(tx: Transaction, member_id: int) -> CheckinSettings | None:
    """What the member chose last, also where they have stopped; None where they never began."""
    row = await tx.row("checkin_wish", member_id=member_id)
    if row is None:
        return None
    return CheckinSettings(
        row["member_id"],
        row["weekday"],
        row["hour"],
        row["minute"],
        row["paused_until"],
        bool(row["active"]),
    )


async def plan(tx: Transaction, wish: CheckinSettings, zone: str, now: int) -> int:
    """Sets the weekly schedule to what the member chose, in the centre's zone; when it is due."""
    latest = await rounds.last(tx, wish.member_id)
    due = checkin.next_due(wish.rule, ZoneInfo(zone), now, latest.sent_at if latest else None)
    await schedules.set(tx, SCHEDULE, wish.member_id, due, zone, wish.rule)
    return due


async def shift_all(tx: Transaction, centre_id: int, before: str, zone: str) -> None:
    """Everybody in a centre is asked at their local time by its new clocks; nobody's is left out.

    `before` and `zone` are IANA zones. What these clocks make late is due at once.
    """
    for row in await tx.rows("planned_checkins", kind=SCHEDULE, centre_id=centre_id):
        due = same_hour(row["next_at"], ZoneInfo(before), ZoneInfo(zone))
        await schedules.set(tx, SCHEDULE, row["member_id"], due, zone, row["rule"])


async def set_time(
    tx: Transaction, member_id: int, weekday: int, hour: int, zone: str, now: int
) -> CheckinSettings | None:
    """Asks at another time of the week: weekday 0 (Monday) to 6, full hour 0 to 23, local time.

    Returns what holds now, None where the member has stopped. Raises Conflict for a time that does
    not exist.
    """
    changed = await tx.run(
        "set_checkin_time", member_id=member_id, weekday=weekday, hour=hour, minute=0
    )
    wish = await find_settings(tx, member_id)
    if not changed or wish is None:
        return None
    await plan(tx, wish, zone, now)
    return wish


async def pause(tx: Transaction, member_id: int, until: int | None) -> bool:
    """Asks nothing before `until`; None ends a pause. False where the member has stopped."""
    return bool(await tx.run("pause_checkins", member_id=member_id, until=until))


async def stop(tx: Transaction, member_id: int) -> bool:
    """Asks never again; False where it was so already. The caller withdraws the consent."""
    await schedules.remove(tx, SCHEDULE, member_id)
    return bool(await tx.run("stop_checkins", member_id=member_id))


async def recipient(tx: Transaction, member_id: int, now: int) -> Recipient | None:
    """The member, if everything allows to ask them now; None otherwise."""
    rows = await tx.rows("checkin_recipients", centre_id=0, member_id=member_id, now=now)
    return _recipient(rows[0]) if rows else None


async def recipients(tx: Transaction, centre_id: int, now: int) -> list[Recipient]:
    """Everybody in a centre whom everything allows to ask now, by member."""
    rows = await tx.rows("checkin_recipients", centre_id=centre_id, member_id=0, now=now)
    return [_recipient(row) for row in rows]


def _recipient(row: Row) -> Recipient:
    return Recipient(
        member_id=row["id"],
        centre_id=row["centre_id"],
        telegram_id=row["telegram_id"],
        language=row["language"],
        centre_name=row["centre_name"],
        zone=row["zone"],
        centres=int(row["centres"]),
    )


async def answers_in_window(
    tx: Transaction,
    centre_id: int,
    since: int,
    until: int,
    questionnaire: Questionnaire = WEEKLY,
) -> list[SealedAnswer]:
    """The answers of a centre that count in a window, by member: `since` included, `until` not.

    An answer counts where its round closes, because then it can't change any more: so nothing is
    kept about when somebody answered, and each counts once. Only of active members whose consent
    stands.
    """
    rows = await tx.rows(
        "answers_in_window",
        centre_id=centre_id,
        questionnaire=questionnaire.name,
        since=since,
        until=until,
        sent_since=since - rounds.OPEN_AT_MOST,
    )
    return [
        SealedAnswer(
            row["member_id"], Role(row["role"]), row["round_id"], row["answered"], row["sealed"]
        )
        for row in rows
    ]
