from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from kit.file_bytes import bytes_of

from assembly.questionnaire import WEEKLY
from assembly.roles import Role
from assembly.windows import LARGE, MIDDLE, SMALL, Tier, Window, window_bounds
from storage import centres, checkins, consents, members, people, schedules, windows
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.windows import CheckinWindow, Ending

ROME = ZoneInfo("Europe/Rome")
NOW = 1_764_763_200  # Wednesday 3 December 2025
FIRST_DAY = date(2026, 1, 5)


async def centre(tx: Transaction, chat_id: int = -1) -> int:
    found = await centres.by_chat(tx, chat_id)
    if found is None:
        found = await centres.add(
            tx, chat_id=chat_id, name="Aurora", language="it", zone="Europe/Rome", now=NOW
        )
    return found.id


async def member(
    tx: Transaction,
    telegram_id: int,
    role: Role = Role.USER,
    chat_id: int = -1,
    agrees: bool = True,
) -> int:
    centre_id = await centre(tx, chat_id)
    await people.meet(tx, telegram_id, "it", NOW)
    joined = await members.add(
        tx, centre_id=centre_id, telegram_id=telegram_id, role=role, name="Anna", now=NOW
    )
    if agrees:
        await consents.grant(tx, joined.id, "checkin", consents.VERSIONS["checkin"], NOW)
    return joined.id


async def gathering(tx: Transaction, week: int = 0, chat_id: int = -1) -> CheckinWindow:
    window = Window(week, SMALL)
    bounds = window_bounds(window, FIRST_DAY, ROME)
    return await windows.add(tx, await centre(tx, chat_id), window, *bounds)


@pytest.mark.parametrize("days", [0, 30, 300])
async def test_the_calendar_knows_the_day_of_the_centre_and_of_nobody_s_consent(
    database: Database, days: int
) -> None:
    """Of a centre that was set up before centres began theirs themselves."""
    async with database.transaction() as tx:
        first = await member(tx, 1)
        centre_id = await centre(tx)
        assert await windows.calendar(tx, centre_id) is None
        await checkins.enrol(tx, first, "Europe/Rome", NOW + days * 86_400)
        assert await windows.calendar(tx, centre_id) == FIRST_DAY
        assert not await windows.begin(tx, await centres.get(tx, centre_id))
        due = await schedules.find(tx, windows.SCHEDULES[WEEKLY.name], centre_id)
        assert due is not None
        assert due.next_at == window_bounds(Window(0, SMALL), FIRST_DAY, ROME)[0]


async def test_centres_have_calendars_of_their_own(database: Database) -> None:
    async with database.transaction() as tx:
        here = await centres.get(tx, await centre(tx))
        there = await centres.add(
            tx, chat_id=-2, name="Bora", language="it", zone="Europe/Rome", now=NOW + 7 * 86_400
        )
        assert await windows.begin(tx, here)
        assert await windows.begin(tx, there)
        assert await windows.calendar(tx, here.id) == FIRST_DAY
        assert await windows.calendar(tx, there.id) == date(2026, 1, 12)


async def test_the_newest_window_comes_back_as_it_was_stored(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await centre(tx)
        assert await windows.latest(tx, centre_id) is None
        first = await gathering(tx)
        assert await windows.latest(tx, centre_id) == first
        assert await windows.settle(tx, first.id, "released", Fraction(2))
        second = await windows.add(tx, centre_id, Window(4, MIDDLE), first.ends_at, NOW * 2)
        assert await windows.latest(tx, centre_id) == second
        assert second.status == "open"
        assert await windows.latest(tx, await centre(tx, -2)) is None


async def test_one_window_is_open_at_a_time(database: Database) -> None:
    async with database.transaction() as tx:
        await gathering(tx)
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await gathering(tx, week=4)


async def test_a_week_has_one_window_for_ever(database: Database) -> None:
    async with database.transaction() as tx:
        ended = await gathering(tx)
        await windows.settle(tx, ended.id, "skipped", Fraction(0))
        assert not await windows.settle(tx, ended.id, "released", Fraction(2))
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await gathering(tx)


async def test_who_is_enrolled_at_the_start_counts_in_the_role_of_then(database: Database) -> None:
    async with database.transaction() as tx:
        user, family = await member(tx, 1), await member(tx, 2, Role.FAMILY)
        gone, withdrawn = await member(tx, 3), await member(tx, 4)
        await member(tx, 5, agrees=False)
        await member(tx, 6, chat_id=-2)
        await members.leave(tx, gone, 99)
        await consents.withdraw(tx, withdrawn, "checkin", NOW)
        resting = await member(tx, 8)
        await tx.statement(f"UPDATE consents SET rests = 1 WHERE member_id = {resting}")
        open_one = await gathering(tx)
        await windows.note_members(tx, open_one)
        await member(tx, 7)  # too late for this window
        await members.leave(tx, user, 99)
        again = await members.add(
            tx,
            centre_id=await centre(tx),
            telegram_id=1,
            role=Role.PROFESSIONAL,
            name="Anna",
            now=NOW,
        )
        assert again.id == user
        assert await windows.members(tx, open_one.id) == {user: Role.USER, family: Role.FAMILY}


async def test_who_was_enrolled_is_deleted_with_the_window_and_other_centres_keep_theirs(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        here, there = await member(tx, 1), await member(tx, 1, chat_id=-2)
        ended, other = await gathering(tx), await gathering(tx, chat_id=-2)
        for one in (ended, other):
            await windows.note_members(tx, one)
        await windows.settle(tx, ended.id, "released", Fraction(2))
        assert await windows.members(tx, ended.id) == {}
        assert await windows.members(tx, other.id) == {there: Role.USER}
        assert here != there


async def test_who_is_erased_is_in_no_window(database: Database) -> None:
    async with database.transaction() as tx:
        one, other = await member(tx, 1), await member(tx, 2)
        open_one = await gathering(tx)
        await windows.note_members(tx, open_one)
        await windows.forget(tx, one)
        assert await windows.members(tx, open_one.id) == {other: Role.USER}


async def test_the_account_is_the_sum_of_a_years_charges(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await centre(tx)
        ended_so: tuple[tuple[int, Tier, Ending], ...] = (
            (44, SMALL, "released"),
            (48, LARGE, "released"),
            (49, LARGE, "skipped"),
            (50, LARGE, "released"),
            (51, LARGE, "unpaid"),
            (52, MIDDLE, "released"),
        )
        for week, tier, ending in ended_so:
            window = Window(week, tier)
            ended = await windows.add(tx, centre_id, window, NOW + week, NOW + week + 1)
            charge = tier.epsilon if ending == "released" else Fraction(0)
            await windows.settle(tx, ended.id, ending, charge)
        assert await windows.spent(tx, centre_id, 0) == 3
        assert await windows.spent(tx, centre_id, 1) == 1
        assert await windows.spent(tx, centre_id, 2) == 0
        assert await windows.spent(tx, await centre(tx, -2), 0) == 0


# --- no byte is left (SQLite) ---

# Ids that take six bytes each in a record: found by their bytes, not by chance.
FIRST_MEMBER, FIRST_WINDOW = 0x5A7B3C1D2E00, 0x4B6A2F1C3D00
MANY = 300


def snapshots(folder: Path) -> int:
    """How many rows of `window_members` can be found: window, member, role side by side."""
    data = bytes_of(folder.iterdir())
    ids = FIRST_WINDOW.to_bytes(6, "big")[:4] + b".." + FIRST_MEMBER.to_bytes(6, "big")[:4] + b".."
    return len(re.findall(ids + b"(?:user|family|professional)", data, re.DOTALL))


async def test_after_a_release_no_byte_tells_who_was_enrolled(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    await schema.migrate(database)
    async with database.transaction() as tx:
        await tx.statement(
            f"INSERT INTO sqlite_sequence (name, seq) VALUES ('members', {FIRST_MEMBER - 1})"
        )
        await tx.statement(
            f"INSERT INTO sqlite_sequence (name, seq) VALUES ('windows', {FIRST_WINDOW - 1})"
        )
        for number in range(MANY):
            await member(tx, number + 1, list(Role)[number % 3])
        first = await gathering(tx)
        await windows.note_members(tx, first)
    assert await database.truncate_wal()
    assert snapshots(tmp_path) >= MANY  # it finds what is there
    async with database.transaction() as tx:
        await windows.settle(tx, first.id, "released", Fraction(2))
    assert await database.wipe_remains()
    assert snapshots(tmp_path) == 0
    await database.close()


@pytest.mark.parametrize(("late", "counts"), [(0, True), (1, False)])
async def test_who_joined_less_than_four_weeks_before_a_window_does_not_count_in_it(
    database: Database, late: int, counts: bool
) -> None:
    async with database.transaction() as tx:
        joined = await member(tx, 1)
        starts_at = NOW + 28 * 86_400 - late
        opened = await windows.add(
            tx, await centre(tx), Window(0, SMALL), starts_at, starts_at + 28 * 86_400
        )
        await windows.note_members(tx, opened)
        assert (joined in await windows.members(tx, opened.id)) is counts
