from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.duties import LAST, QUARTERS, Duty, quarter
from assembly.roles import Role
from storage import assemblies, attendances, duties, endings, members, people, points, sessions
from storage.assemblies import Assembly
from storage.attendances import Attendance
from storage.backups.backup_tables import as_kept
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.erasure.ending_again import end_again
from storage.secrets.keys import KeyStore

CHAIR, RECORDER = Duty.CHAIR, Duty.RECORDER
ROLES = (Role.USER, Role.FAMILY, Role.PROFESSIONAL)
ROME = ZoneInfo("Europe/Rome")
NOW, STARTS = 1_000_000, 1_100_000


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def prepare(tx: Transaction) -> Assembly:
    """Members 1 to 6 of all roles in centre 1, number 7 in another; an assembly of centre 1."""
    await add_centre(tx, 6, ROLES, telegram=100)
    await add_centre(tx, centre_id=2)
    await add_member(tx, 7, centre_id=2, telegram_id=107)
    for number in range(1, 8):
        await people.meet(tx, 100 + number, "de", 0)
    return await convene(tx)


async def convene(tx: Transaction, starts_at: int = STARTS) -> Assembly:
    return await assemblies.convene(
        tx, centre_id=1, starts_at=starts_at, place=None, convened_by=1, now=NOW
    )


async def opened(tx: Transaction, assembly: Assembly) -> None:
    await points.freeze(tx, assembly.id, (), NOW)
    assert await sessions.begin(tx, 1, assembly.id, NOW)


async def standing(tx: Transaction, assembly: Assembly) -> list[tuple[str, int, str]]:
    found = await duties.of_assembly(tx, assembly.id)
    return sorted((each.duty.value, each.member_id, each.status) for each in found.asked)


async def test_who_would_like_to_can_be_asked(database: Database) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        for number in range(1, 8):
            await duties.wish(tx, number, CHAIR, on=True)
        await duties.wish(tx, 1, CHAIR, on=True)
        await duties.wish(tx, 1, RECORDER, on=True)
        assert await duties.wishes(tx, 1) == {CHAIR, RECORDER}
        await duties.wish(tx, 2, CHAIR, on=False)
        assert await duties.wishes(tx, 2) == frozenset()
        await tx.statement("UPDATE people SET writable = 0 WHERE telegram_id = 103")
        await members.leave(tx, 4, NOW)
        await attendances.answer(tx, assembly.id, 5, Attendance.NO)
        await attendances.answer(tx, assembly.id, 6, Attendance.MAYBE)
        found = await duties.candidates(tx, assembly.id, CHAIR)
        assert [(each.member_id, each.turn_at) for each in found] == [(1, None), (6, None)]
        assert [each.member_id for each in await duties.candidates(tx, assembly.id, RECORDER)] == [
            1
        ]


async def test_one_is_asked_at_a_time_and_about_one_duty(database: Database) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        await duties.wish(tx, 1, CHAIR, on=True)
        assert await duties.ask(tx, assembly.id, CHAIR, 1, NOW)
        assert not await duties.ask(tx, assembly.id, CHAIR, 2, NOW)
        assert not await duties.ask(tx, assembly.id, RECORDER, 1, NOW)
        assert not await duties.ask(tx, assembly.id, RECORDER, 7, NOW), "of another centre"
        assert await duties.ask(tx, assembly.id, RECORDER, 2, NOW)
        [candidate] = await duties.candidates(tx, assembly.id, CHAIR)
        assert candidate.turn_at == NOW, "to be asked is the turn, whatever comes of it"
        await duties.wish(tx, 1, CHAIR, on=False)
        await duties.wish(tx, 1, CHAIR, on=True)
        [candidate] = await duties.candidates(tx, assembly.id, CHAIR)
        assert candidate.turn_at is None


async def test_a_no_and_silence_look_alike(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        for number in (1, 2, 3):
            assert await duties.ask(tx, assembly.id, CHAIR, number, NOW + number)
            assert await duties.pass_on(tx, keys, assembly.id, CHAIR, number, NOW)
            assert not await duties.pass_on(tx, keys, assembly.id, CHAIR, number, NOW)
            assert not await duties.accept(tx, assembly.id, CHAIR, number), "too late"
        found = await duties.of_assembly(tx, assembly.id)
        assert [each.status for each in found.of(CHAIR)] == ["no"] * 3
        assert found.holder(CHAIR) is found.waiting(CHAIR) is found.mine(1) is None
        assert not await duties.ask(tx, assembly.id, CHAIR, 1, NOW), "once for an assembly"


async def test_yes_names_nobody_until_they_want_it(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        assert not await duties.accept(tx, assembly.id, CHAIR, 1), "was not asked"
        assert await duties.ask(tx, assembly.id, CHAIR, 1, NOW)
        assert not await duties.name(tx, assembly.id, 1, on=True), "has not said yes"
        assert await duties.accept(tx, assembly.id, CHAIR, 1)
        holder = (await duties.of_assembly(tx, assembly.id)).holder(CHAIR)
        assert holder is not None and not holder.named
        assert await duties.name(tx, assembly.id, 1, on=True)
        holder = (await duties.of_assembly(tx, assembly.id)).holder(CHAIR)
        assert holder is not None and holder.named and holder.language == "de"
        assert await duties.pass_on(tx, keys, assembly.id, CHAIR, 1, NOW), "taken back"
        [passed] = (await duties.of_assembly(tx, assembly.id)).asked
        assert not passed.named


async def test_a_facilitator_takes_what_nobody_has(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        assert await duties.ask(tx, assembly.id, CHAIR, 1, NOW)
        assert await duties.ask(tx, assembly.id, RECORDER, 2, NOW)
        assert await duties.take(tx, assembly.id, CHAIR, 2, NOW), "while somebody is asked"
        assert await standing(tx, assembly) == [
            ("chair", 1, "no"),
            ("chair", 2, "yes"),
            ("recorder", 2, "no"),
        ]
        assert not await duties.take(tx, assembly.id, RECORDER, 2, NOW), "not both"
        assert not await duties.take(tx, assembly.id, CHAIR, 3, NOW), "somebody has it"
        assert not await duties.accept(tx, assembly.id, CHAIR, 1)
        await opened(tx, assembly)
        assert not await duties.pass_on(tx, keys, assembly.id, CHAIR, 2, NOW), (
            "nothing is taken back then"
        )
        assert not await duties.ask(tx, assembly.id, RECORDER, 3, NOW)
        assert await duties.take(tx, assembly.id, RECORDER, 3, NOW)


async def test_the_power_is_of_the_open_assembly_or_of_the_one_that_is_due(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        other = await convene(tx, STARTS + 3_600)
        assert await duties.take(tx, assembly.id, CHAIR, 1, NOW)
        assert await duties.take(tx, other.id, CHAIR, 2, NOW)

        async def chairs(member_id: int, now: int, about: Assembly | None = None) -> bool:
            ids = None if about is None else about.id
            return await duties.leads(tx, 1, member_id, CHAIR, now, ids)

        due = STARTS - LAST
        assert not await chairs(1, due - 1, assembly)
        assert await chairs(1, due, assembly)
        assert not await chairs(1, due), "nothing is open yet"
        assert not await chairs(1, due, other) and not await chairs(2, due, assembly)
        assert not await duties.leads(tx, 2, 1, CHAIR, due, assembly.id), "of another centre"
        assert not await duties.leads(tx, 1, 1, RECORDER, due, assembly.id)
        await opened(tx, assembly)
        assert await chairs(1, NOW, assembly) and await chairs(1, NOW)
        assert not await chairs(2, STARTS, other), "one at a time"
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 1")
        assert (await duties.of_assembly(tx, assembly.id)).holder(CHAIR) is None
        assert await duties.take(tx, assembly.id, CHAIR, 3, NOW), "who has left has no duty"


async def test_when_it_is_over_only_who_writes_its_minutes_is_left(database: Database) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        assert await duties.take(tx, assembly.id, CHAIR, 1, NOW)
        assert await duties.take(tx, assembly.id, RECORDER, 2, NOW)
        await opened(tx, assembly)
        assert not await duties.recorded(tx, 1, assembly.id, 2)
        await sessions.close(tx, 1, assembly.id, NOW)
        await duties.close(tx, assembly, ROME, NOW)
        assert await standing(tx, assembly) == [("recorder", 2, "yes")]
        for duty, member_id in ((CHAIR, 1), (RECORDER, 2)):
            assert not await duties.leads(tx, 1, member_id, duty, NOW, assembly.id)
        assert await duties.recorded(tx, 1, assembly.id, 2)
        assert not await duties.recorded(tx, 1, assembly.id, 1)
        await duties.forget(tx, assembly.id)
        assert not await duties.recorded(tx, 1, assembly.id, 2)
        assert await standing(tx, assembly) == []


async def test_roles_are_counted_by_quarter_and_nobody_by_name(database: Database) -> None:
    now = 1_780_000_000
    async with database.transaction() as tx:
        await prepare(tx)
        for ago in (0, 0, 1, QUARTERS - 1, QUARTERS, 3 * QUARTERS):
            assembly = await convene(tx, now)
            await duties.take(tx, assembly.id, CHAIR, 1, now)
            await duties.close(tx, assembly, ROME, now - ago * 91 * 86_400)
        await duties.close(tx, await convene(tx, now), ROME, now)
        led = await duties.led(tx, 1, CHAIR, ROME, now)
        role = (await members.get(tx, 1)).role  # type: ignore[union-attr]
        assert led == {**dict.fromkeys(Role, 0), role: 4}
        assert await duties.led(tx, 1, RECORDER, ROME, now) == dict.fromkeys(Role, 0)
        assert await duties.led(tx, 2, CHAIR, ROME, now) == dict.fromkeys(Role, 0)
        this = quarter(now, ROME)
        assert (await duties.led_in(tx, 1, CHAIR, this, this))[role] == 2
        columns = await tx.statement("SELECT * FROM duty_counts")
        assert {name for row in columns for name in row.keys()} == {  # noqa: SIM118
            *("centre_id", "duty", "role", "quarter", "times")
        }
        first = min(row["quarter"] for row in columns)
        await duties.close(tx, await convene(tx, now), ROME, now + 9 * QUARTERS * 91 * 86_400)
        left = await tx.statement("SELECT quarter FROM duty_counts")
        assert first not in {row["quarter"] for row in left}


async def test_moved_whoever_said_yes_is_asked_again(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        assert await duties.ask(tx, assembly.id, CHAIR, 1, NOW)
        assert await duties.pass_on(tx, keys, assembly.id, CHAIR, 1, NOW)
        assert await duties.take(tx, assembly.id, CHAIR, 2, NOW)
        assert await duties.ask(tx, assembly.id, RECORDER, 3, NOW)
        await duties.moved(tx, assembly.id, NOW + 5)
        assert await standing(tx, assembly) == [("chair", 2, "asked")]


async def test_whoever_goes_leaves_their_duties(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        first, second = await prepare(tx), await convene(tx, STARTS + 5)
        assert await duties.take(tx, first.id, CHAIR, 1, NOW)
        assert await duties.ask(tx, second.id, CHAIR, 1, NOW)
        assert await duties.pass_on(tx, keys, second.id, CHAIR, 1, NOW)
        assert await duties.name(tx, first.id, 1, on=True)
        assert not await duties.name(tx, first.id, 1, on=True), "nothing is different"
        assert await duties.let_go(tx, 1) == {first.id: True}, (
            "the other one looks for another already"
        )
        assert await standing(tx, first) == await standing(tx, second) == []


@pytest.mark.parametrize(("status", "kept"), [("yes", True), ("asked", False), ("no", False)])
def test_a_backup_knows_nobody_who_did_not_say_yes(status: str, kept: bool) -> None:
    row = as_kept("assembly_duties", {"status": status, "named": 1})
    assert (row is not None) is kept
    assert row is None or row["named"] == 0, "after a restore nobody is named who took it back"


@pytest.mark.parametrize("taking", [False, True])
async def test_of_those_who_press_at_once_one_has_it(
    fresh_url: Callable[..., Awaitable[str]], taking: bool
) -> None:
    """Whoever was asked says yes while facilitators take it: from two processes."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    async with doors[0].transaction() as tx:
        assembly = await prepare(tx)
        assert await duties.ask(tx, assembly.id, CHAIR, 1, NOW)

    async def press(number: int) -> bool:
        async def work(tx: Transaction) -> bool:
            if number == 1 or not taking:
                return await duties.accept(tx, assembly.id, CHAIR, 1)
            return await duties.take(tx, assembly.id, CHAIR, number, NOW)

        return await doors[number % 2].run(work)

    said = await asyncio.gather(*(press(number) for number in range(1, 7)))
    async with doors[0].reading() as tx:
        found = await duties.of_assembly(tx, assembly.id)
    assert sum(said) == 1
    assert [each.status for each in found.asked].count("yes") == 1
    for door in doors:
        await door.close()


async def test_a_restore_brings_back_no_yes_that_was_taken_back(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        for duty, number in ((CHAIR, 1), (RECORDER, 2)):
            assert await duties.take(tx, assembly.id, duty, number, NOW)
        assert await duties.pass_on(tx, keys, assembly.id, CHAIR, 1, NOW + 50)
        await tx.statement("UPDATE assembly_duties SET status = 'yes'")  # as in the backup
    await endings.carry(database, keys)
    assert await end_again(database, keys, NOW + 100) == 1
    async with database.reading() as tx:
        found = await standing(tx, assembly)
    assert found == [("chair", 1, "no"), ("recorder", 2, "yes")]
    async with database.transaction() as tx:
        await tx.statement("UPDATE assembly_duties SET status = 'no'")
        assert await duties.take(tx, assembly.id, CHAIR, 1, NOW + 200)
    assert await end_again(database, keys, NOW + 300) == 0, "a later yes stays"


async def test_the_ledger_hears_of_a_yes_taken_back_as_of_silence(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        assembly = await prepare(tx)
        assert await duties.ask(tx, assembly.id, CHAIR, 1, NOW)
        assert await duties.pass_on(tx, keys, assembly.id, CHAIR, 1, NOW)
        assert await duties.take(tx, assembly.id, CHAIR, 2, NOW)
        assert await duties.pass_on(tx, keys, assembly.id, CHAIR, 2, NOW)
        rows = await tx.rows("pending_endings")
    assert len(rows) == 2 and len({row["kind"] for row in rows}) == 1
    assert {row["at"] for row in rows} == {NOW}
