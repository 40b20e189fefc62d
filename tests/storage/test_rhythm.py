from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from kit.older_schema import as_before

from assembly.recurrence import resolve
from assembly.series import Rhythm
from storage import assemblies, centres, members, people, rhythm, schedules, series
from storage.assemblies import Assembly
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.series import Wish

Opener = Callable[..., Awaitable[Database]]

NOW = 1_780_000_000
DAY = 86_400
ROME = ZoneInfo("Europe/Rome")


async def convened(tx: Transaction, centre_id: int, *days: int) -> list[Assembly]:
    await people.meet(tx, centre_id, "it", NOW)
    member = await members.add(
        tx, centre_id=centre_id, telegram_id=centre_id, role="user", name="Anna", now=NOW
    )
    return [
        await assemblies.convene(
            tx,
            centre_id=centre_id,
            starts_at=NOW + day * DAY,
            place=None,
            convened_by=member.id,
            now=NOW,
        )
        for day in days
    ]


async def a_centre(tx: Transaction, chat_id: int) -> int:
    centre = await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )
    return centre.id


@pytest.mark.parametrize(
    ("days", "dense"),
    [
        ((20,), [False]),
        ((20, 27), [True, True]),
        ((20, 30), [False, False]),
        ((20, 20), [True, True]),
        ((20, 29, 39), [True, True, False]),
        ((20, 60, 61), [False, True, True]),
    ],
)
async def test_the_nearest_before_and_after_count(
    opener: Opener, days: tuple[int, ...], dense: list[bool]
) -> None:
    database = await opener()
    async with database.transaction() as tx:
        found = await convened(tx, await a_centre(tx, -100), *days)
        assert [await rhythm.is_dense(tx, each.id) for each in found] == dense


async def test_cancelled_ones_and_those_of_other_centres_do_not_count(opener: Opener) -> None:
    database = await opener()
    async with database.transaction() as tx:
        here, there = await a_centre(tx, -100), await a_centre(tx, -200)
        ours, gone = await convened(tx, here, 20, 27)
        await convened(tx, there, 21)
        assert await rhythm.is_dense(tx, ours.id)
        await assemblies.cancel(tx, here, gone.id)
        assert not await rhythm.is_dense(tx, ours.id)
        assert not await rhythm.is_dense(tx, 99)


async def test_one_that_is_not_convened_yet_would_be_dense(opener: Opener) -> None:
    database = await opener()
    async with database.transaction() as tx:
        centre_id = await a_centre(tx, -100)
        [found] = await convened(tx, centre_id, 20)
        for starts_at, dense in ((NOW + 27 * DAY, True), (NOW + 60 * DAY, False)):
            assert await rhythm.would_be_dense(tx, centre_id, 0, starts_at, ROME) is dense
        moved = found.starts_at + DAY
        assert not await rhythm.would_be_dense(tx, centre_id, found.id, moved, ROME)


async def test_one_convened_before_the_renewal_finds_its_midnight(opener: Opener) -> None:
    """Migration 0045."""
    database = await opener(migrate=False)
    async with as_before(45, database) as tx:
        await tx.statement(
            "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
            "VALUES (1, -100, 'Aurora', 'it', 'Europe/Vienna', 0)"
        )
        await tx.statement(
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at) "
            "VALUES (1, 1, 5000, 'convened', 0), (2, 1, 100, 'cancelled', 0)"
        )
    await schema.migrate(database, 2)
    async with database.reading() as tx:
        found = await schedules.find(tx, "assembly-today", 1)
        assert await schedules.find(tx, "assembly-today", 2) is None
    assert found is not None and (found.next_at, found.zone) == (0, "Europe/Vienna")


@pytest.mark.parametrize(("rhythm_of", "dense"), [(Rhythm(3), True), (Rhythm(3, weeks=2), False)])
async def test_the_next_one_of_its_series_counts_before_it_is_convened(
    opener: Opener, rhythm_of: Rhythm, dense: bool
) -> None:
    database = await opener()
    async with database.transaction() as tx:
        centre_id = await a_centre(tx, -100)
        start = datetime.fromisoformat("2026-12-03 16:00")  # local, a Thursday
        made = await series.add(tx, centre_id, Wish(rhythm_of, start, None, 90), NOW)
        assert made is not None
        found = await assemblies.convene_of_series(
            tx,
            centre_id=centre_id,
            series_id=made.id,
            day=start.date(),
            starts_at=resolve(start, ROME),
            place=None,
            length_minutes=90,
            now=NOW,
        )
        assert found is not None
        assert await rhythm.is_dense(tx, found.id) is dense
        assert await series.become(tx, made.id, "running", "paused")
        assert not await rhythm.is_dense(tx, found.id), "alone again"
