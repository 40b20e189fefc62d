from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.attendance_bands import Attendance
from assembly.minutes import Minutes
from storage import assemblies, minutes, notes, points, sessions
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.notes import Note

Opener = Callable[..., Awaitable[Database]]

NOW = 1_780_000_000
HEAD = Minutes("Aurora", "en", "UTC", NOW, NOW + 60, None, Attendance("5-9"))


async def an_open_assembly(tx: Transaction) -> int:
    """Of centre 1, at the first of two points; members 1 and 2."""
    for centre_id in (1, 2):
        await add_centre(tx, centre_id=centre_id)
    for member_id in (1, 2):
        await add_member(tx, member_id, name=f"Member {member_id}")
    found = await assemblies.convene(
        tx, centre_id=1, starts_at=NOW, place=None, convened_by=1, now=NOW
    )
    for number, title in ((20, "A garden"), (21, "A trip")):
        await tx.statement(
            "INSERT INTO proposals (id, centre_id, title, named, status, created_at)"
            f" VALUES ({number}, 1, '{title}', 0, 'open', 0)"
        )
    await points.freeze(tx, found.id, [(20, "A garden"), (21, "A trip")], NOW)
    assert await sessions.begin(tx, 1, found.id, NOW)
    return found.id


async def write(tx: Transaction, assembly_id: int, words: str, centre_id: int = 1) -> Note | None:
    return await notes.add(
        tx, centre_id=centre_id, assembly_id=assembly_id, author_id=1, words=words
    )


async def words_of(database: Database, assembly_id: int) -> list[str]:
    async with database.reading() as tx:
        return [each.words for each in await notes.of_assembly(tx, assembly_id)]


@pytest.fixture
async def assembly_id(database: Database) -> int:
    async with database.transaction() as tx:
        return await an_open_assembly(tx)


async def test_a_line_belongs_to_the_point_that_is_open(
    database: Database, assembly_id: int
) -> None:
    async with database.transaction() as tx:
        items = await points.items(tx, assembly_id)
        first = await write(tx, assembly_id, "Who digs?")
        await tx.statement("UPDATE assemblies SET current_position = 2")
        second = await write(tx, assembly_id, "In May.")
        await tx.statement("UPDATE assemblies SET current_position = 3")
        third = await write(tx, assembly_id, "Thanks to the cooks.")
    assert first and second and third
    assert [each.item_id for each in (first, second, third)] == [items[0].id, items[1].id, None]
    assert await words_of(database, assembly_id) == ["Who digs?", "In May.", "Thanks to the cooks."]


async def test_no_line_in_another_centre_or_once_it_is_closed(
    database: Database, assembly_id: int
) -> None:
    async with database.transaction() as tx:
        assert await write(tx, assembly_id, "Hello.", centre_id=2) is None
        note = await write(tx, assembly_id, "Who digs?")
        assert note is not None
        assert not await notes.change(tx, 2, note, "Nobody.")
        assert not await notes.take_out(tx, 2, note.id, note.changed)
        assert await notes.find(tx, 2, note.id) is None
        assert await notes.find(tx, 1, note.id) == (assembly_id, note)
        await sessions.close(tx, 1, assembly_id, NOW)
        assert await write(tx, assembly_id, "Too late.") is None
        assert not await notes.change(tx, 1, note, "Nobody.")
        assert not await notes.take_out(tx, 1, note.id, note.changed)
    assert await words_of(database, assembly_id) == ["Who digs?"]


async def test_while_the_minutes_are_a_draft_lines_can_be_mended_at_every_point(
    database: Database, assembly_id: int
) -> None:
    async with database.transaction() as tx:
        items = await points.items(tx, assembly_id)
        await sessions.close(tx, 1, assembly_id, NOW)
        at: dict[str, Any] = {"centre_id": 1, "assembly_id": assembly_id, "author_id": 2}
        assert await notes.add_at(tx, item_id=items[1].id, words="Early.", **at) is None
        assert await minutes.draft(tx, 1, assembly_id, HEAD)
        note = await notes.add_at(tx, item_id=items[1].id, words="In May.", **at)
        last = await notes.add_at(tx, item_id=None, words="Thanks.", **at)
        assert note and note.item_id == items[1].id and last and last.item_id is None
        assert await notes.add_at(tx, item_id=items[1].id + 99, words="Nowhere.", **at) is None
        assert await notes.change(tx, 1, note, "In June.")
        assert await minutes.publish(tx, assembly_id, HEAD, NOW)
        assert await notes.add_at(tx, item_id=None, words="Late.", **at) is None
    assert await words_of(database, assembly_id) == []


async def test_nobody_writes_over_what_they_have_not_seen(
    database: Database, assembly_id: int
) -> None:
    async with database.transaction() as tx:
        note = await write(tx, assembly_id, "Who digs?")
        assert note is not None
        assert await notes.change(tx, 1, note, "Who digs on Saturday?")
        assert not await notes.change(tx, 1, note, "Who digs on Sunday?")
        assert not await notes.take_out(tx, 1, note.id, note.changed)
        assert await notes.take_out(tx, 1, note.id, note.changed + 1)
        assert not await notes.take_out(tx, 1, note.id, note.changed + 1)


async def test_two_who_write_at_once_lose_nothing(
    opener: Opener, database: Database, assembly_id: int
) -> None:
    """Two writers of 20 lines each, and a third who moves on, each in transactions of their own."""

    async def type_lines(who: str) -> None:
        for number in range(20):
            line = f"{who} {number}"
            await database.run(partial(write, assembly_id=assembly_id, words=line))

    async def go_to(position: int, tx: Transaction) -> None:
        await tx.statement(f"UPDATE assemblies SET current_position = {position}")

    async def move() -> None:
        for position in (2, 1, 2, 1):
            await database.run(partial(go_to, position))

    await asyncio.gather(type_lines("Anna"), type_lines("Bruno"), move())
    found = await words_of(database, assembly_id)
    assert sorted(found) == sorted(f"{who} {n}" for who in ("Anna", "Bruno") for n in range(20))
    for who in ("Anna", "Bruno"):  # each one's lines in the order in which they were written
        assert [each for each in found if who in each] == [f"{who} {n}" for n in range(20)]


async def test_photographs_stay_until_they_are_taken_out(
    database: Database, assembly_id: int
) -> None:
    async with database.transaction() as tx:
        photo = await notes.add(
            tx, centre_id=1, assembly_id=assembly_id, author_id=1, words="", file_id="AgAC"
        )
        assert photo is not None and photo.is_photo
        assert not await notes.change(tx, 1, photo, "Words are not for photographs.")
        await sessions.close(tx, 1, assembly_id, NOW)
        await minutes.draft(tx, 1, assembly_id, HEAD)
        await minutes.publish(tx, assembly_id, HEAD, NOW)
        assert await notes.of_assembly(tx, assembly_id) == [photo]
        assert await notes.take_out(tx, 1, photo.id, photo.changed)
