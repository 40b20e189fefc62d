from __future__ import annotations

from fractions import Fraction

import pytest
from kit.centre_rows import new_centre

from assembly.roles import Role
from storage import centres, consents, facilitators, members, people
from storage.consents import Consent
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction
from storage.facilitators import Facilitator
from storage.members import Member


async def join(tx: Transaction, centre_id: int, telegram_id: int, role: Role = Role.USER) -> Member:
    return await members.add(
        tx, centre_id=centre_id, telegram_id=telegram_id, role=role, name="Anna", now=100
    )


async def test_a_member_is_found_by_id_and_by_person(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna = await join(tx, centre_id, 11, Role.FAMILY)
        assert anna == Member(anna.id, centre_id, 11, Role.FAMILY, "Anna", "active", 100)
        assert await members.get(tx, anna.id) == anna
        assert await members.find(tx, centre_id, 11) == anna
        assert await members.get(tx, anna.id + 1) is None
        assert await members.find(tx, centre_id, 12) is None


async def test_a_person_is_a_member_once(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        await join(tx, centre_id, 11)
        with pytest.raises(Conflict):
            await join(tx, centre_id, 11)


async def test_whoever_left_can_come_back_in_another_role(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        before = await join(tx, centre_id, 11, Role.USER)
        assert await members.leave(tx, before.id, 99)
        assert not await members.leave(tx, before.id, 99)
        after = await join(tx, centre_id, 11, Role.PROFESSIONAL)
        assert (after.id, after.role, after.status) == (before.id, Role.PROFESSIONAL, "active")


async def test_roles_are_counted_among_the_active(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id, elsewhere = await new_centre(tx, -7), await new_centre(tx, -8)
        await join(tx, elsewhere, 11)
        for telegram_id, role in ((11, Role.USER), (12, Role.USER), (13, Role.PROFESSIONAL)):
            last = await join(tx, centre_id, telegram_id, role)
        await members.leave(tx, last.id, 99)
        assert await members.counts(tx, centre_id) == {
            Role.USER: 2,
            Role.FAMILY: 0,
            Role.PROFESSIONAL: 0,
        }
        assert [member.telegram_id for member in await members.active(tx, centre_id)] == [11, 12]


async def test_a_name_changes(database: Database) -> None:
    async with database.transaction() as tx:
        anna = await join(tx, await new_centre(tx), 11)
        assert await members.rename(tx, anna.id, "A member")
        renamed = await members.get(tx, anna.id)
        assert renamed is not None
        assert renamed.name == "A member"
        assert not await members.rename(tx, anna.id + 1, "Nobody")


async def test_who_presses_is_known_with_centre_duty_and_language(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna = await join(tx, centre_id, 11)
        presser = await members.presser(tx, 11, centre_id, 100)
        assert presser is not None
        assert presser.member == anna
        assert presser.centre == await centres.get(tx, centre_id)
        assert presser.centre.quorum == Fraction(1, 3)
        assert presser.facilitates is False
        assert presser.language == "it"  # the centre's, until the person's is known
        await people.meet(tx, 11, "de", 1)
        await facilitators.add(tx, anna.id, 100)
        presser = await members.presser(tx, 11, centre_id, 100)
        assert presser is not None
        assert (presser.facilitates, presser.language) == (True, "de")


async def test_strangers_and_those_who_left_do_not_act(database: Database) -> None:
    async with database.transaction() as tx:
        here, there = await new_centre(tx, -7), await new_centre(tx, -8)
        anna = await join(tx, here, 11)
        assert await members.presser(tx, 11, there, 100) is None
        assert await members.presser(tx, 12, here, 100) is None
        await members.leave(tx, anna.id, 99)
        assert await members.presser(tx, 11, here, 100) is None


async def test_a_duty_ends_with_its_term(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna = await join(tx, centre_id, 11)
        await facilitators.add(tx, anna.id, 100, until=200)
        for now, facilitates in ((199, True), (200, False)):
            presser = await members.presser(tx, 11, centre_id, now)
            assert presser is not None
            assert presser.facilitates is facilitates
            assert bool(await facilitators.contacts(tx, centre_id, now)) is facilitates


async def test_facilitators_are_told_in_their_language(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna, bruno = await join(tx, centre_id, 11), await join(tx, centre_id, 12)
        await people.meet(tx, 12, "de", 1)
        for member in (anna, bruno):
            await facilitators.add(tx, member.id, 100)
        assert await facilitators.contacts(tx, centre_id, 100) == [
            Facilitator(anna.id, 11, "Anna", Role.USER, "it", 100, None),
            Facilitator(bruno.id, 12, "Anna", Role.USER, "de", 100, None),
        ]
        assert await facilitators.end(tx, anna.id)
        assert not await facilitators.end(tx, anna.id)
        await members.leave(tx, bruno.id, 99)
        assert await facilitators.contacts(tx, centre_id, 100) == []


async def test_nobody_facilitates_without_being_a_member(database: Database) -> None:
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await facilitators.add(tx, 99, 100)


async def test_consent_is_a_history(database: Database) -> None:
    async with database.transaction() as tx:
        anna = await join(tx, await new_centre(tx), 11)
        assert await consents.standing(tx, anna.id, "checkin") is None
        await consents.grant(tx, anna.id, "part", 1, 100)
        await consents.grant(tx, anna.id, "checkin", 1, 100)
        await consents.grant(tx, anna.id, "checkin", 2, 200)
        assert await consents.standing(tx, anna.id, "checkin") == 2
        assert await consents.withdraw(tx, anna.id, "checkin", 300)
        assert not await consents.withdraw(tx, anna.id, "checkin", 301)
        assert await consents.standing(tx, anna.id, "checkin") is None
        assert await consents.standing(tx, anna.id, "part") == 1
        assert await consents.history(tx, anna.id) == [
            Consent(anna.id, "checkin", 1, 100, 300),
            Consent(anna.id, "part", 1, 100, None),
            Consent(anna.id, "checkin", 2, 200, 300),
        ]


@pytest.mark.parametrize("purpose", ["part", "checkin", "research"])
async def test_only_known_purposes_are_agreed_to(database: Database, purpose: str) -> None:
    async def work(tx: Transaction) -> None:
        anna = await join(tx, await new_centre(tx), 11)
        await consents.grant(tx, anna.id, purpose, 1, 100)  # type: ignore[arg-type]

    if purpose == "research":
        with pytest.raises(Conflict):
            await database.run(work)
    else:
        await database.run(work)
        async with database.reading() as tx:
            assert [each.purpose for each in await consents.history(tx, 1)] == [purpose]


async def test_erasing_a_member_takes_duty_and_consents(database: Database) -> None:
    async with database.transaction() as tx:
        centre_id = await new_centre(tx)
        anna = await join(tx, centre_id, 11)
        await facilitators.add(tx, anna.id, 100)
        await consents.grant(tx, anna.id, "part", 1, 100)
        assert await members.remove(tx, anna.id)
        assert not await members.remove(tx, anna.id)
        assert await facilitators.contacts(tx, centre_id, 100) == []
        assert await consents.history(tx, anna.id) == []
