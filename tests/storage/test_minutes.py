from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.attendance_bands import Attendance
from assembly.minutes import Minutes, Point, fingerprint, frozen_text
from assembly.retention import DAY, PERIODS, Kept
from storage import assemblies, members, minutes, notes, points, retention, sessions
from storage.assemblies import Assembly
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.minutes import MOST_CORRECTIONS, Change
from storage.secrets.keys import KeyStore

NOW = 1_780_000_000
HEAD = Minutes("Aurora", "en", "UTC", NOW, NOW + 60, None, Attendance("5-9"), salt="0a")
WHOLE = replace(HEAD, points=(Point("A garden", notes=("Mr Verdi digs.",)),))


async def a_closed_assembly(tx: Transaction, starts_at: int = NOW) -> int:
    found = await assemblies.convene(
        tx, centre_id=1, starts_at=starts_at, place=None, convened_by=1, now=NOW
    )
    await points.freeze(tx, found.id, [], NOW)
    assert await sessions.begin(tx, 1, found.id, NOW)
    await notes.add(tx, centre_id=1, assembly_id=found.id, author_id=1, words="A line.")
    await notes.add(tx, centre_id=1, assembly_id=found.id, author_id=1, words="", file_id="AgAC")
    assert await sessions.close(tx, 1, found.id, NOW)
    return found.id


@pytest.fixture
async def assembly_id(database: Database) -> int:
    """Of centre 1, with members 1 and 2: closed, its minutes drafted."""
    async with database.transaction() as tx:
        for centre_id in (1, 2):
            await add_centre(tx, centre_id=centre_id)
        for member_id in (1, 2):
            await add_member(tx, member_id, name=f"Member {member_id}")
        found = await a_closed_assembly(tx)
        assert await minutes.draft(tx, 1, found, HEAD)
        return found


async def test_drafted_once_and_published_once(database: Database, assembly_id: int) -> None:
    async with database.transaction() as tx:
        assert not await minutes.draft(tx, 1, assembly_id, WHOLE)
        draft = await minutes.find(tx, 1, assembly_id)
        assert draft is not None and draft.is_draft and draft.minutes == HEAD
        assert await minutes.find(tx, 2, assembly_id) is None
        assert await minutes.publish(tx, assembly_id, WHOLE, NOW + 5)
        assert not await minutes.publish(tx, assembly_id, HEAD, NOW + 6)
        found = await minutes.find(tx, 1, assembly_id)
        assert found is not None and not found.is_draft
        assert found.minutes == WHOLE and found.published_at == NOW + 5
        assert found.hash == fingerprint(frozen_text(WHOLE))
        left = await notes.of_assembly(tx, assembly_id)
        assert [each.is_photo for each in left] == [True], "who wrote which line is forgotten"


async def test_another_version_leaves_nothing_of_the_one_before(
    database: Database, assembly_id: int
) -> None:
    without = replace(
        WHOLE,
        points=(Point("A garden", notes=("… digs.",)),),
        changed_at=(NOW + 9,),
        salt="0b",
    )
    async with database.transaction() as tx:
        draft = await minutes.find(tx, 1, assembly_id)
        assert draft is not None
        assert not await minutes.change(tx, draft, without, 1, NOW + 9), "a draft has no version"
        await minutes.publish(tx, assembly_id, WHOLE, NOW)
        published = await minutes.find(tx, 1, assembly_id)
        assert published is not None
        assert await minutes.change(tx, published, without, 2, NOW + 9)
        assert not await minutes.change(tx, published, without, 1, NOW + 9), "one of two at once"
        assert await minutes.changes(tx, assembly_id) == [Change(2, NOW + 9, "Member 2")]
        [row] = await tx.statement("SELECT words FROM minutes")
        assert "Verdi" not in row["words"]
        again = await minutes.find(tx, 1, assembly_id)
        assert again is not None and again.minutes == without and again.hash != published.hash
        await members.leave(tx, 2, NOW)
        assert await minutes.changes(tx, assembly_id) == [Change(2, NOW + 9, None)]


async def test_corrections_are_settled_once_and_only_while_it_is_a_draft(
    database: Database, assembly_id: int
) -> None:
    async with database.transaction() as tx:
        found = [await minutes.correct(tx, assembly_id, 1, f"It was {n}.") for n in range(5)]
        ids = [each for each in found if each is not None]
        assert len(ids) == MOST_CORRECTIONS and found[MOST_CORRECTIONS:] == [None, None]
        other = await minutes.correct(tx, assembly_id, 2, "It was ten.")
        assert other is not None
        assert await minutes.take_over(tx, ids[0])
        assert not await minutes.answer(tx, ids[0], "No.")
        assert await minutes.answer(tx, ids[1], "It was nine.")
        assert not await minutes.take_back(tx, ids[2], 2), "somebody else's"
        assert await minutes.take_back(tx, ids[2], 1)
        assert not await minutes.take_back(tx, ids[1], 1), "it is answered"
        assert await minutes.correction(tx, 2, other) is None
        one = await minutes.correction(tx, 1, other)
        assert one is not None and (one.words, one.status) == ("It was ten.", "open")
        await minutes.publish(tx, assembly_id, WHOLE, NOW)
        left = await minutes.corrections(tx, assembly_id)
        assert [(each.words, each.status, each.answer) for each in left] == [
            ("It was 1.", "answered", "It was nine."),
            ("It was ten.", "open", ""),
        ]
        assert not await minutes.take_over(tx, other)
        assert await minutes.correct(tx, assembly_id, 2, "Too late.") is None


async def test_two_days_unless_the_centre_chose(database: Database, assembly_id: int) -> None:
    async with database.transaction() as tx:
        assert await minutes.correction_hours(tx, 1) == 48
        await minutes.choose_hours(tx, 1, 24)
        await minutes.choose_hours(tx, 1, 72)
        assert [await minutes.correction_hours(tx, each) for each in (1, 2)] == [72, 48]


async def test_of_two_who_settle_one_at_once_one_does(database: Database, assembly_id: int) -> None:
    async with database.transaction() as tx:
        found = await minutes.correct(tx, assembly_id, 1, "It was nine.")
        assert found is not None
    done = await asyncio.gather(
        database.run(lambda tx: minutes.take_over(tx, found)),
        database.run(lambda tx: minutes.answer(tx, found, "It was ten.")),
    )
    assert sorted(done) == [False, True]


async def test_the_newest_come_first_page_by_page(database: Database, assembly_id: int) -> None:
    async with database.transaction() as tx:
        for ahead in (1, 2, 2, 3):
            other = await a_closed_assembly(tx, NOW + ahead)
            await minutes.draft(tx, 1, other, HEAD)
        assert await minutes.count(tx, 1) == 5
        assert await minutes.count(tx, 2) == 0
        pages = [await minutes.page(tx, 1, skip, 2) for skip in (0, 2, 4, 6)]
        assert [len(page) for page in pages] == [2, 2, 1, 0]
        starts = {each.id: each.starts_at for each in await _assemblies(tx)}
        seen = [each.assembly_id for page in pages for each in page]
        assert [starts[each] - NOW for each in seen] == [3, 2, 2, 1, 0]
        assert len(set(seen)) == 5
        assert await minutes.page(tx, 2, 0, 9) == []


async def _assemblies(tx: Transaction) -> list[Assembly]:
    ids = await tx.statement("SELECT id FROM assemblies ORDER BY id")
    found = [await assemblies.by_id(tx, each["id"]) for each in ids]
    return [each for each in found if each is not None]


async def test_they_are_kept_for_as_long_as_the_centre_says(
    database: Database, keys_database: Database, assembly_id: int
) -> None:
    keys = KeyStore(keys_database, bytes(range(32)))
    later = NOW + PERIODS[Kept.MINUTES].default * DAY
    async with database.transaction() as tx:
        await minutes.correct(tx, assembly_id, 1, "It was nine.")
        await minutes.publish(tx, assembly_id, WHOLE, NOW)
        # Of that day only who convened the assembly goes: what was done, and by whom, goes sooner.
        assert (await retention.sweep(tx, keys, 1, later)).counts == {Kept.AUDIT: 1}
        assert (await retention.sweep(tx, keys, 1, later + 1)).counts == {Kept.MINUTES: 1}
        for table in ("minutes", "minutes_corrections", "minutes_changes", "notes"):
            assert await tx.statement(f"SELECT * FROM {table}") == [], table
