from __future__ import annotations

import pytest
from kit.centre_rows import new_centre

from assembly.roles import Role
from storage import invitations, join_requests, joinings, members, people
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction
from storage.erasure import erasing


async def begin(
    tx: Transaction,
    centre_id: int,
    *,
    at: int = 100,
    role: Role | None = Role.USER,
    person: int = 1,
) -> str:
    """On the way in with a new invitation; its hash."""
    token = await invitations.add(tx, centre_id=centre_id, role=role, now=at)
    token_hash = invitations.hashed(token)
    await joinings.begin(
        tx, person, centre_id, language="de", role=role, at=at, token_hash=token_hash
    )
    return token_hash


async def test_the_way_in_is_kept_answer_by_answer(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        token_hash = await begin(tx, centre_id, role=None)
        fresh = await joinings.find(tx, 1, centre_id)
        assert fresh is not None
        assert (fresh.centre_name, fresh.centre_language, fresh.language) == ("Aurora", "it", "de")
        assert (fresh.token_hash, fresh.request_id, fresh.facilitator) == (token_hash, None, False)
        assert (fresh.role, fresh.consented_at, fresh.checkin) == (None, None, None)

        await joinings.speak(tx, 1, centre_id, "en", 101)
        await joinings.consent(tx, 1, centre_id, 102)
        await joinings.consent(tx, 1, centre_id, 103)
        await joinings.choose_role(tx, 1, centre_id, Role.FAMILY, 104)
        await joinings.answer_checkin(tx, 1, centre_id, False, 105)
        answered = await joinings.find(tx, 1, centre_id)
    assert answered is not None
    assert (answered.language, answered.role) == ("en", Role.FAMILY)
    assert answered.consented_at == 102, "the first time counts"
    assert (answered.checkin, answered.checkin_at) == (False, 105)


async def test_nothing_is_answered_before_the_consent(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        await begin(tx, centre_id, role=None)
        await joinings.choose_role(tx, 1, centre_id, Role.FAMILY, 101)
        await joinings.answer_checkin(tx, 1, centre_id, True, 101)
        joining = await joinings.find(tx, 1, centre_id)
    assert joining is not None
    assert (joining.role, joining.checkin) == (None, None)


async def test_another_link_begins_anew_and_keeps_the_language(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        await begin(tx, centre_id)
        await joinings.speak(tx, 1, centre_id, "it", 101)
        await joinings.consent(tx, 1, centre_id, 101)
        second = await begin(tx, centre_id, role=Role.PROFESSIONAL, at=102)
        joining = await joinings.find(tx, 1, centre_id)
    assert joining is not None
    assert (joining.token_hash, joining.role, joining.language) == (
        second,
        Role.PROFESSIONAL,
        "it",
    )
    assert joining.consented_at is None


async def test_the_latest_way_in_is_found_and_ends_once(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await new_centre(tx, -7), await new_centre(tx, -8)
        await begin(tx, first, at=100)
        await begin(tx, second, at=100)
        await joinings.speak(tx, 1, first, "it", 200)
        assert await joinings.latest(tx, 1) == first
        assert await joinings.latest(tx, 2) is None
        assert await joinings.end(tx, 1, first)
        assert not await joinings.end(tx, 1, first)
        assert await joinings.latest(tx, 1) == second


async def test_a_request_that_was_accepted_is_a_way_in_once(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna = await members.add(
            tx, centre_id=centre_id, telegram_id=9, role=Role.USER, name="Anna", now=1
        )
        number = await join_requests.ask(
            tx, centre_id=centre_id, telegram_id=1, role=Role.USER, name="Ugo", now=2
        )
        assert number is not None
        assert not await join_requests.use(tx, centre_id, number), "nobody has answered"
        await join_requests.answer(tx, centre_id, number, "accepted", answered_by=anna.id, now=3)
        latest = await join_requests.latest(tx, centre_id, 1)
        assert latest is not None and (latest.id, latest.answer) == (number, "accepted")
        await joinings.begin(
            tx, 1, centre_id, language="it", role=Role.USER, at=4, request_id=number
        )
        joining = await joinings.find(tx, 1, centre_id)
        assert joining is not None and joining.request_id == number
        assert not await join_requests.use(tx, centre_id + 1, number)
        assert await join_requests.use(tx, centre_id, number)
        assert not await join_requests.use(tx, centre_id, number)
        assert await join_requests.latest(tx, centre_id, 1) is None
        assert await joinings.find(tx, 1, centre_id) is None


async def test_a_way_in_stands_on_something(database: Database) -> None:
    async def begin_on_nothing() -> None:
        async with database.transaction() as tx:
            centre_id = await new_centre(tx)
            await joinings.begin(tx, 1, centre_id, language="it", role=Role.USER, at=100)

    with pytest.raises(Conflict):
        await begin_on_nothing()


async def test_the_presser_knows_in_how_many_centres_they_are(database: Database) -> None:
    async with database.transaction() as tx:
        first, second = await new_centre(tx, -7), await new_centre(tx, -8)
        for centre_id in (first, second):
            await members.add(
                tx, centre_id=centre_id, telegram_id=1, role=Role.USER, name="Anna", now=1
            )
        presser = await members.presser(tx, 1, first, 100)
        assert presser is not None and presser.centres == 2
        elsewhere = await members.find(tx, second, 1)
        assert elsewhere is not None and await members.leave(tx, elsewhere.id, 99)
        presser = await members.presser(tx, 1, first, 100)
        assert presser is not None and presser.centres == 1


async def test_who_gave_up_is_forgotten_with_the_person_but_no_member_is(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        for person in (1, 2, 3):
            await people.meet(tx, person, "it", 1)
        await members.add(
            tx, centre_id=centre_id, telegram_id=3, role=Role.USER, name="Anna", now=1
        )
        await begin(tx, centre_id, at=100, person=1)
        await begin(tx, centre_id, at=101, person=2)
        await begin(tx, centre_id, at=100, person=3)
        assert await erasing.prune_strangers(tx, 100 + erasing.GIVEN_UP) == 0
        assert await erasing.prune_strangers(tx, 101 + erasing.GIVEN_UP) == 2
        assert await joinings.find(tx, 1, centre_id) is None
        assert await joinings.find(tx, 2, centre_id) is not None
        known = [await people.find(tx, person) is not None for person in (1, 2, 3)]
        assert known == [False, True, True]
