from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from kit.older_schema import as_before

from assembly.series import Pause, Rhythm
from storage import assemblies, centres, endings, members, people, series, sessions
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore
from storage.series import Series, Wish

Opener = Callable[..., Awaitable[Database]]

NOW = 1_780_000_000
START = datetime.fromisoformat("2026-12-03 16:00")  # local, a Thursday
DAY = date(2026, 12, 3)
THURSDAYS = Wish(Rhythm(3), START, "Via Roma 12", 90)


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def a_centre(tx: Transaction, chat_id: int = -100) -> Centre:
    return await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )


async def a_series(tx: Transaction, wish: Wish = THURSDAYS) -> Series:
    made = await series.add(tx, (await a_centre(tx)).id, wish, NOW)
    assert made is not None
    return made


async def convened(tx: Transaction, of: Series, day: date = DAY) -> Assembly | None:
    return await assemblies.convene_of_series(
        tx,
        centre_id=of.centre_id,
        series_id=of.id,
        day=day,
        starts_at=NOW + 3600,
        place=of.place,
        length_minutes=of.length_minutes,
        now=NOW,
    )


@pytest.mark.parametrize(
    "wish",
    [
        THURSDAYS,
        Wish(Rhythm(6, 3, months_off=frozenset({8, 12})), START, None, 45),
        Wish(Rhythm(0, nth=-1), START, "Löwengasse 7\n2. Stock", 180),
    ],
)
async def test_a_series_is_found_as_it_was_stored(database: Database, wish: Wish) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx, wish)
        found = Wish(made.rhythm, made.start, made.place, made.length_minutes)
        assert (found, made.pauses, made.status, made.sequence) == (wish, (), "running", 0)
        assert await series.find(tx, made.centre_id, made.id) == made
        assert await series.of_centre(tx, made.centre_id) == await series.everywhere(tx) == [made]


async def test_another_centre_does_not_see_it(database: Database) -> None:
    async with database.transaction() as tx:
        made, other = await a_series(tx), await a_centre(tx, -200)
        assert await series.find(tx, other.id, made.id) is None
        assert await series.of_centre(tx, other.id) == []


async def test_the_same_is_not_set_up_twice_until_it_has_ended(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        assert await series.add(tx, made.centre_id, THURSDAYS, NOW) is None
        assert await series.become(tx, made.id, "running", "ended")
        again = await series.add(tx, made.centre_id, THURSDAYS, NOW + 1)
        assert again is not None and again.subject != made.subject


async def test_of_two_who_change_it_one_does(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        assert await series.change(tx, made, replace(THURSDAYS, place="Elsewhere"))
        assert not await series.change(tx, made, replace(THURSDAYS, length_minutes=60))
        assert not await series.pause_for(tx, made, [Pause(DAY, DAY)])
        changed = await series.by_id(tx, made.id)
        assert changed == replace(made, place="Elsewhere", sequence=1)
        assert await series.pause_for(tx, changed, [Pause(DAY, DAY)])
        paused = await series.by_id(tx, made.id)
        assert paused is not None and paused.pauses == (Pause(DAY, DAY),)


async def test_what_has_ended_stays_so(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        assert await series.become(tx, made.id, "running", "paused")
        assert not await series.become(tx, made.id, "running", "ended")
        assert await series.become(tx, made.id, "paused", "ended")
        assert await series.of_centre(tx, made.centre_id) == []
        found = await series.by_id(tx, made.id)
        assert found is not None and not await series.change(tx, found, THURSDAYS)


async def test_how_many_in_a_row_nobody_opened(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        assert [await series.count_unopened(tx, made.id) for _ in range(3)] == [1, 2, 3]
        await series.count_anew(tx, made.id)
        assert await series.count_unopened(tx, made.id) == 1
        await series.become(tx, made.id, "running", "paused")
        assert await series.count_unopened(tx, made.id) == 0


async def test_no_day_is_convened_twice(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        first = await convened(tx, made)
        assert first is not None and first.series_date == "2026-12-03"
        assert await convened(tx, made) is None
        assert await assemblies.cancel(tx, made.centre_id, first.id, "It rains in.")
        assert await convened(tx, made) is None, "what was cancelled does not come back"
        found = await assemblies.on(tx, made.id, DAY)
        assert found == replace(first, status="cancelled", reason="It rains in.", sequence=1)
        other = await convened(tx, made, date(2026, 12, 10))
        assert await assemblies.of_series(tx, made.id) == [found, other]


async def test_one_convened_by_hand_becomes_that_of_a_day_once(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        await people.meet(tx, 1, "it", NOW)
        anna = await members.add(
            tx, centre_id=made.centre_id, telegram_id=1, role="user", name="Anna", now=NOW
        )
        by_hand = [
            await assemblies.convene(
                tx,
                centre_id=made.centre_id,
                starts_at=NOW + 3600,
                place=None,
                convened_by=anna.id,
                now=NOW,
            )
            for _ in range(2)
        ]
        assert await assemblies.adopt(tx, by_hand[0].id, made.id, DAY)
        assert not await assemblies.adopt(tx, by_hand[1].id, made.id, DAY)
        assert not await assemblies.adopt(tx, by_hand[0].id, made.id, date(2026, 12, 10))
        assert await convened(tx, made) is None
        found = await assemblies.on(tx, made.id, DAY)
        assert found is not None and found.id == by_hand[0].id


async def test_each_change_of_an_assembly_is_counted(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        first = await convened(tx, made)
        assert first is not None
        await assemblies.move(tx, made.centre_id, first.id, NOW + 7200, None)
        await sessions.begin(tx, made.centre_id, first.id, NOW)
        assert not await assemblies.move(tx, made.centre_id, first.id, NOW + 9000, None)
        found = await assemblies.on(tx, made.id, DAY)
        assert found is not None and (found.sequence, found.series_date) == (1, "2026-12-03")


async def test_two_processes_convene_a_day_once(
    opener: Opener, fresh_url: Callable[[], Awaitable[str]]
) -> None:
    url = await fresh_url()
    one, other = await opener("main", url), await opener("main", url)
    async with one.transaction() as tx:
        made = await a_series(tx)
    found = await asyncio.gather(
        *(each.run(lambda tx: convened(tx, made)) for each in (one, other, one, other))
    )
    assert len([each for each in found if each is not None]) == 1


async def test_the_latest_starts_leave_out_what_was_cancelled(database: Database) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        await people.meet(tx, 1, "it", NOW)
        anna = await members.add(
            tx, centre_id=made.centre_id, telegram_id=1, role="user", name="Anna", now=NOW
        )
        for ahead in (1, 2, 3):
            each = await assemblies.convene(
                tx,
                centre_id=made.centre_id,
                starts_at=NOW + ahead,
                place=None,
                convened_by=anna.id,
                now=NOW,
            )
        await assemblies.cancel(tx, made.centre_id, each.id, by=anna.id)
        assert await assemblies.latest_starts(tx, made.centre_id, 9) == [NOW + 2, NOW + 1]


async def test_the_ledger_knows_what_was_convened(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        made = await a_series(tx)
        await series.note_convened(tx, keys, made, DAY, NOW)
        await series.note_convened(tx, keys, made, DAY, NOW + 1)
    assert not await series.was_convened(keys, made, DAY)
    await endings.carry(database, keys)
    assert await series.was_convened(keys, made, DAY)
    assert not await series.was_convened(keys, made, date(2026, 12, 10))
    assert not await series.was_convened(keys, replace(made, created_at=NOW + 1), DAY)


async def test_assemblies_of_before_stay_as_they_are(opener: Opener) -> None:
    """Migration 0041."""
    database = await opener(migrate=False)
    async with as_before(41, database) as tx:
        centre = await a_centre(tx)
        await tx.statement(
            f"INSERT INTO assemblies (centre_id, starts_at, status, convened_at, opened_at, "
            f"current_position) VALUES ({centre.id}, {NOW}, 'open', 5, 6, 1)"
        )
    await schema.migrate(database, NOW)
    async with database.reading() as tx:
        [found] = await assemblies.upcoming(tx, centre.id, NOW)
    assert (found.status, found.position, found.series_id, found.sequence) == ("open", 1, None, 0)
