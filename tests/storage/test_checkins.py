from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assembly.recurrence import local, resolve
from assembly.roles import Role
from storage import centres, checkins, consents, members, people, round_states, rounds, schedules
from storage.checkins import CheckinSettings
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction
from storage.round_states import RoundState

ROME = ZoneInfo("Europe/Rome")
DAY = 86_400
OPEN = 2 * 86_400 + 3600  # how long a round takes answers


def moment(text: str) -> int:
    return resolve(datetime.fromisoformat(text), ROME)


NOW = moment("2026-12-01 12:00")  # a Tuesday


async def join(tx: Transaction, telegram_id: int = 1, *, chat_id: int = -1) -> int:
    """A member who wants to be asked; their id."""
    centre = await centres.by_chat(tx, chat_id) or await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="it", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, telegram_id, "de", NOW)
    member = await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=Role.USER, name="Anna", now=NOW
    )
    await consents.grant(tx, member.id, "checkin", consents.VERSIONS["checkin"], NOW)
    await checkins.enrol(tx, member.id, "Europe/Rome", NOW)
    return member.id


async def due(tx: Transaction, member_id: int) -> datetime | None:
    found = await schedules.find(tx, checkins.SCHEDULE, member_id)
    return local(found.next_at, ROME) if found and found.next_at else None


async def test_who_enrols_is_asked_on_wednesday_at_five(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        assert await checkins.find_settings(tx, member_id) == CheckinSettings(
            member_id, 2, 17, 0, None, True
        )
        schedule = await schedules.find(tx, "checkin", member_id)
        assert schedule is not None
        assert (schedule.next_at, schedule.zone, schedule.rule) == (
            moment("2026-12-02 17:00"),
            "Europe/Rome",
            "FREQ=WEEKLY;BYDAY=WE;BYHOUR=17;BYMINUTE=0;BYSECOND=0",
        )


async def test_nobody_who_is_no_member_can_enrol(database: Database) -> None:
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await checkins.enrol(tx, 99, "Europe/Rome", NOW)


async def test_another_time_moves_what_is_due(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        wish = await checkins.set_time(tx, member_id, 4, 9, "Europe/Rome", NOW)
        assert wish == CheckinSettings(member_id, 4, 9, 0, None, True)
        assert await due(tx, member_id) == datetime.fromisoformat("2026-12-04 09:00")


async def test_other_clocks_keep_everybody_s_hour(database: Database) -> None:
    async with database.transaction() as tx:
        member_id, stopped = await join(tx), await join(tx, 2)
        elsewhere = await join(tx, 3, chat_id=-2)
        await checkins.stop(tx, stopped)
        member = await members.get(tx, member_id)
        assert member is not None
        await checkins.shift_all(tx, member.centre_id, "Europe/Rome", "Europe/London")
        schedule = await schedules.find(tx, checkins.SCHEDULE, member_id)
        assert schedule is not None and schedule.zone == "Europe/London"
        assert schedule.next_at == moment("2026-12-02 18:00"), "17:00 in London"
        assert await due(tx, stopped) is None
        assert await due(tx, elsewhere) == datetime.fromisoformat("2026-12-02 17:00")


async def test_another_time_asks_nobody_twice_in_a_week(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        await rounds.begin(tx, member_id, NOW - 3600)
        await checkins.set_time(tx, member_id, 4, 9, "Europe/Rome", NOW)
        assert await due(tx, member_id) == datetime.fromisoformat("2026-12-11 09:00")


@pytest.mark.parametrize(("weekday", "hour"), [(7, 17), (-1, 17), (2, 24), (2, -1)])
async def test_a_time_that_does_not_exist_is_refused(
    database: Database, weekday: int, hour: int
) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await checkins.set_time(tx, member_id, weekday, hour, "Europe/Rome", NOW)


async def test_stopping_ends_the_schedule_and_starting_again_keeps_the_time(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        await checkins.set_time(tx, member_id, 4, 9, "Europe/Rome", NOW)
        assert await checkins.stop(tx, member_id)
        assert not await checkins.stop(tx, member_id)
        assert await due(tx, member_id) is None
        assert await checkins.set_time(tx, member_id, 1, 9, "Europe/Rome", NOW) is None
        assert not await checkins.pause(tx, member_id, NOW + DAY)
        wish = await checkins.enrol(tx, member_id, "Europe/Rome", NOW)
        assert wish == CheckinSettings(member_id, 4, 9, 0, None, True)
        assert await due(tx, member_id) == datetime.fromisoformat("2026-12-04 09:00")


async def test_a_pause_holds_until_its_moment(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        await checkins.pause(tx, member_id, NOW + DAY)
        wish = await checkins.find_settings(tx, member_id)
        assert wish is not None
        assert [wish.paused(NOW), wish.paused(NOW + DAY)] == [True, False]
        assert await checkins.recipient(tx, member_id, NOW) is None
        assert await checkins.recipient(tx, member_id, NOW + DAY) is not None
        await checkins.pause(tx, member_id, None)
        assert await checkins.recipient(tx, member_id, NOW) is not None


async def test_a_recipient_is_spoken_to_in_their_language(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx, 77)
        found = await checkins.recipient(tx, member_id, NOW)
        assert found is not None
        assert (found.telegram_id, found.language, found.zone) == (77, "de", "Europe/Rome")
        assert (found.centre_name, found.centres) == ("Aurora", 1)
        await join(tx, 77, chat_id=-2)
        again = await checkins.recipient(tx, member_id, NOW)
        assert again is not None
        assert again.centres == 2


@pytest.mark.parametrize("why", ["left", "blocked", "withdrawn", "stopped"])
async def test_nobody_is_asked_who_may_not_be(database: Database, why: str) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        assert await checkins.recipient(tx, member_id, NOW) is not None
        match why:
            case "left":
                await members.leave(tx, member_id, 99)
            case "blocked":
                await people.set_writable(tx, 1, False)
            case "withdrawn":
                await consents.withdraw(tx, member_id, "checkin", NOW)
            case "stopped":
                await checkins.stop(tx, member_id)
            case _:
                raise ValueError(why)
        assert await checkins.recipient(tx, member_id, NOW) is None


async def test_one_round_at_one_moment(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        first = await rounds.begin(tx, member_id, NOW)
        assert first is not None
        assert first.closes_at == NOW + OPEN
        assert await rounds.begin(tx, member_id, NOW) is None
        later = await rounds.begin(tx, member_id, NOW + 7 * DAY)
        assert later is not None
        assert await rounds.last(tx, member_id) == later


async def test_a_round_is_its_members_own(database: Database) -> None:
    async with database.transaction() as tx:
        mine, other = await join(tx, 1), await join(tx, 2)
        current = await rounds.begin(tx, mine, NOW)
        assert current is not None
        assert await rounds.find(tx, mine, current.id) == current
        assert await rounds.find(tx, other, current.id) is None
        assert await rounds.get(tx, current.id) == current


@pytest.mark.parametrize(
    ("later", "takes"), [(0, True), (OPEN - 1, True), (OPEN, False), (3 * DAY, False)]
)
async def test_answers_are_taken_until_the_round_closes(
    database: Database, later: int, takes: bool
) -> None:
    async with database.transaction() as tx:
        current = await rounds.begin(tx, await join(tx), NOW)
        assert current is not None
        assert current.takes_answers(NOW + later) is takes


async def test_closed_is_closed(database: Database) -> None:
    async with database.transaction() as tx:
        current = await rounds.begin(tx, await join(tx), NOW)
        assert current is not None and not current.closed
        assert await rounds.close(tx, current.id)
        assert not await rounds.close(tx, current.id)
        closed = await rounds.get(tx, current.id)
        assert closed is not None and closed.closed
        assert not closed.takes_answers(NOW)


async def test_erasing_a_member_takes_wish_and_rounds_along(database: Database) -> None:
    async with database.transaction() as tx:
        member_id = await join(tx)
        current = await rounds.begin(tx, member_id, NOW)
        assert current is not None
        await members.remove(tx, member_id)
        assert await checkins.find_settings(tx, member_id) is None
        assert await rounds.get(tx, current.id) is None


async def test_open_rounds_without_a_state_are_found(database: Database) -> None:
    async with database.transaction() as tx:
        one, closed, other = [
            await rounds.begin(tx, await join(tx, telegram_id), NOW) for telegram_id in (1, 2, 3)
        ]
        assert one is not None and closed is not None and other is not None
        await round_states.lay_out(tx, b"k" * 32, other, RoundState())
        await rounds.close(tx, closed.id)
        assert await rounds.without_state(tx) == [one]
