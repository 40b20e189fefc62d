from __future__ import annotations

from kit.centre_rows import new_centre

from assembly.roles import Role
from storage import join_requests, members
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.join_requests import JoinRequest


async def ask(tx: Transaction, centre_id: int, telegram_id: int = 11) -> int | None:
    return await join_requests.ask(
        tx, centre_id=centre_id, telegram_id=telegram_id, role=Role.FAMILY, name="Carla", now=100
    )


async def test_a_person_asks_once_at_a_time(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        number = await ask(tx, centre_id)
        assert number is not None
        assert await ask(tx, centre_id) is None
        request = JoinRequest(number, centre_id, 11, Role.FAMILY, "Carla", 100, *[None] * 4)
        assert await join_requests.latest(tx, centre_id, 11) == request
        assert await join_requests.find(tx, centre_id, number) == request


async def test_a_request_is_answered_once_and_in_its_centre(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id, elsewhere = await new_centre(tx, -7), await new_centre(tx, -8)
        anna = await members.add(
            tx, centre_id=centre_id, telegram_id=1, role=Role.USER, name="Anna", now=1
        )
        number = await ask(tx, centre_id)
        assert number is not None
        assert await join_requests.find(tx, elsewhere, number) is None

        async def answer(where: int, given: join_requests.Answer) -> bool:
            return await join_requests.answer(
                tx, where, number, given, answered_by=anna.id, now=200
            )

        assert not await answer(elsewhere, "accepted")
        assert await answer(centre_id, "declined")
        assert not await answer(centre_id, "accepted")
        answered = await join_requests.find(tx, centre_id, number)
        assert answered is not None
        assert (answered.answer, answered.answered_at, answered.answered_by) == (
            "declined",
            200,
            anna.id,
        )
        assert await ask(tx, centre_id) is not None  # and may ask again


async def test_the_first_of_two_who_welcome_is_kept(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id, elsewhere = await new_centre(tx, -7), await new_centre(tx, -8)
        anna, bruno = [
            await members.add(
                tx, centre_id=centre_id, telegram_id=number, role=Role.USER, name="x", now=1
            )
            for number in (1, 2)
        ]
        number = await ask(tx, centre_id)
        assert number is not None
        assert not await join_requests.welcome(tx, elsewhere, number, anna.id)
        assert await join_requests.welcome(tx, centre_id, number, anna.id)
        assert not await join_requests.welcome(tx, centre_id, number, bruno.id)
        request = await join_requests.find(tx, centre_id, number)
        assert request is not None and request.welcomed_by == anna.id
        await join_requests.answer(tx, centre_id, number, "declined", answered_by=bruno.id, now=200)
        assert not await join_requests.welcome(tx, centre_id, number, bruno.id)
