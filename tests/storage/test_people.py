from __future__ import annotations

from assembly.roles import Role
from storage import centres, members, people
from storage.engine.database import Database
from storage.people import Person


async def test_a_person_is_met_once(database: Database) -> None:
    async with database.transaction() as tx:
        assert await people.find(tx, 7) is None
        assert await people.meet(tx, 7, "it", 100)
        assert not await people.meet(tx, 7, "de", 200)
        assert await people.find(tx, 7) == Person(7, "it", None, True, 100)


async def test_language_and_reach_change(database: Database) -> None:
    async with database.transaction() as tx:
        await people.meet(tx, 7, "it", 100)
        assert await people.set_language(tx, 7, "de")
        assert await people.set_writable(tx, 7, False)
        assert await people.find(tx, 7) == Person(7, "de", None, False, 100)
        assert not await people.set_language(tx, 8, "de")
        assert not await people.set_writable(tx, 8, True)


async def test_the_current_centre_is_one_in_which_the_person_takes_part(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        await people.meet(tx, 7, "it", 100)
        assert await people.current_centre(tx, 7) is None
        joined = []
        for number in (1, 2):
            centre = await centres.add(
                tx, chat_id=-number, name="Aurora", language="it", zone="Europe/Rome", now=1
            )
            member = await members.add(
                tx, centre_id=centre.id, telegram_id=7, role=Role.USER, name="Anna", now=2
            )
            joined.append(member)
        first, second = joined
        assert await people.current_centre(tx, 7) == first.centre_id  # until one is chosen
        assert await people.set_current_centre(tx, 7, second.centre_id)
        assert await people.current_centre(tx, 7) == second.centre_id
        await members.leave(tx, second.id, 99)
        assert await people.current_centre(tx, 7) == first.centre_id
        await members.leave(tx, first.id, 99)
        assert await people.current_centre(tx, 7) is None


async def test_whom_to_write_to_about_a_member(database: Database) -> None:
    async with database.transaction() as tx:
        centre = await centres.add(
            tx, chat_id=-1, name="Aurora", language="it", zone="Europe/Rome", now=1
        )
        await people.meet(tx, 7, "it", 100)
        member = await members.add(
            tx, centre_id=centre.id, telegram_id=7, role=Role.USER, name="Anna", now=2
        )
        assert await people.of_member(tx, member.id) == await people.find(tx, 7)
        assert await people.of_member(tx, None) is None
        await members.leave(tx, member.id, 3)
        assert await people.of_member(tx, member.id) is None
