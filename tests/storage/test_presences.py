from __future__ import annotations

from pathlib import Path

import pytest
from kit.file_bytes import bytes_of

from assembly.roles import Role
from storage import assemblies, centres, members, people, points, presences, sessions
from storage.centres import Centre
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.erasure import erasing
from storage.members import Member
from storage.secrets.keys import KeyStore

NOW = 1_780_000_000
# Six bytes in a record: found by their bytes, not by chance.
ASSEMBLY = 0x5A7B3C1D2E00
MEMBER = 0x4B6A2F1C3D00


async def a_centre(tx: Transaction, chat_id: int = -100) -> Centre:
    return await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )


async def a_member(
    tx: Transaction, centre: Centre, telegram_id: int, role: Role = Role.USER
) -> Member:
    await people.meet(tx, telegram_id, "en", NOW)
    return await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role=role, name="Anna", now=NOW
    )


async def an_assembly(tx: Transaction, centre: Centre, by: Member, *, opened: bool = True) -> int:
    found = await assemblies.convene(
        tx, centre_id=centre.id, starts_at=NOW, place=None, convened_by=by.id, now=NOW
    )
    await points.freeze(tx, found.id, [], NOW)
    if opened:
        assert await sessions.begin(tx, centre.id, found.id, NOW)
    return found.id


async def say(tx: Transaction, member: Member, assembly_id: int, here: bool = True) -> bool:
    return await presences.say(
        tx,
        centre_id=member.centre_id,
        assembly_id=assembly_id,
        member_id=member.id,
        here=here,
    )


async def present_at(tx: Transaction, assembly_id: int) -> int | None:
    [row] = await tx.statement(f"SELECT present FROM assemblies WHERE id = {assembly_id}")
    present: int | None = row["present"]
    return present


async def test_whoever_says_so_is_there_once(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        anna = await a_member(tx, centre, 1)
        bruno = await a_member(tx, centre, 2, Role.FAMILY)
        assembly_id = await an_assembly(tx, centre, anna)
        assert await say(tx, anna, assembly_id)
        assert not await say(tx, anna, assembly_id)
        assert await say(tx, bruno, assembly_id)
        assert await presences.is_here(tx, assembly_id, anna.id)
        assert await presences.members_present(tx, assembly_id) == [anna.id, bruno.id]
        assert await presences.present_by_role(tx, assembly_id) == {
            Role.USER: 1,
            Role.FAMILY: 1,
            Role.PROFESSIONAL: 0,
        }
        assert await say(tx, anna, assembly_id, here=False)
        assert not await say(tx, anna, assembly_id, here=False)
        assert not await presences.is_here(tx, assembly_id, anna.id)


async def test_only_at_an_open_assembly_of_the_own_centre(database: Database) -> None:
    async with database.transaction() as tx:
        centre, other = await a_centre(tx), await a_centre(tx, -200)
        anna = await a_member(tx, centre, 1)
        hugo = await a_member(tx, other, 2)
        waiting = await an_assembly(tx, centre, anna, opened=False)
        assert not await say(tx, anna, waiting)
        opened = await an_assembly(tx, centre, anna)
        assert not await say(tx, hugo, opened)
        assert not await presences.say(
            tx, centre_id=centre.id, assembly_id=opened, member_id=hugo.id, here=True
        )
        assert not await say(tx, anna, opened + 1)
        assert await say(tx, anna, opened)
        assert not await presences.say(
            tx, centre_id=other.id, assembly_id=opened, member_id=anna.id, here=False
        )
        assert await sessions.close(tx, centre.id, opened, NOW)
        assert not await say(tx, anna, opened)


async def test_whoever_has_left_is_not_counted(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        anna, bruno = await a_member(tx, centre, 1), await a_member(tx, centre, 2)
        assembly_id = await an_assembly(tx, centre, anna)
        for each in (anna, bruno):
            await say(tx, each, assembly_id)
        await members.leave(tx, bruno.id, 99)
        assert await presences.members_present(tx, assembly_id) == [anna.id]
        assert (await presences.present_by_role(tx, assembly_id))[Role.USER] == 1
        assert not await say(tx, bruno, assembly_id)


async def test_closing_keeps_the_number_and_leaves_other_assemblies_alone(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre, other = await a_centre(tx), await a_centre(tx, -200)
        anna, hugo = await a_member(tx, centre, 1), await a_member(tx, other, 2)
        mine, theirs = await an_assembly(tx, centre, anna), await an_assembly(tx, other, hugo)
        await say(tx, anna, mine)
        await say(tx, hugo, theirs)
        assert await present_at(tx, mine) is None
        await sessions.close(tx, centre.id, mine, NOW)
        assert await present_at(tx, mine) == 1
        assert await presences.members_present(tx, mine) == []
        assert await presences.members_present(tx, theirs) == [hugo.id]


async def test_erasing_takes_a_member_out(database: Database, keys_database: Database) -> None:
    keys = KeyStore(keys_database, bytes(range(32)))
    async with database.transaction() as tx:
        centre = await a_centre(tx)
        anna, bruno = await a_member(tx, centre, 1), await a_member(tx, centre, 2)
        assembly_id = await an_assembly(tx, centre, anna)
        for each in (anna, bruno):
            await say(tx, each, assembly_id)
        await erasing.erase(tx, keys, bruno, NOW)
        assert await presences.members_present(tx, assembly_id) == [anna.id]
        assert len(await tx.statement("SELECT * FROM presences")) == 1


@pytest.mark.parametrize("number", [3, 400])
async def test_no_byte_of_who_was_there_is_left(tmp_path: Path, number: int) -> None:
    """SQLite: the assembly's id directly followed by a member's, as in a row of `presences`."""
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    await schema.migrate(database)
    async with database.transaction() as tx:
        await tx.statement(
            "INSERT INTO sqlite_sequence (name, seq) "
            f"VALUES ('assemblies', {ASSEMBLY - 1}), ('members', {MEMBER - 1})"
        )
        centre = await a_centre(tx)
        anna = await a_member(tx, centre, 1)
        assembly_id = await an_assembly(tx, centre, anna)
        for each in range(2, number + 2):
            await say(tx, await a_member(tx, centre, each), assembly_id)
    assert assembly_id == ASSEMBLY
    assert rows(tmp_path) >= number
    async with database.transaction() as tx:
        await sessions.close(tx, centre.id, assembly_id, NOW)
    assert rows(tmp_path) > 0  # still in the log: deleting alone is not enough
    assert await database.wipe_remains()
    assert rows(tmp_path) == 0
    await database.close()


def rows(folder: Path) -> int:
    return bytes_of(folder.iterdir()).count(
        ASSEMBLY.to_bytes(6, "big") + MEMBER.to_bytes(6, "big")[:4]
    )
