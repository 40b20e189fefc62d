from __future__ import annotations

from dataclasses import dataclass

import pytest

from assembly.in_person import settled
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import Parity, Rule
from storage import (
    assemblies,
    centres,
    facilitators,
    headcount,
    in_person,
    members,
    people,
    points,
    sessions,
)
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction
from storage.erasure import erasing
from storage.members import Member
from storage.secrets.keys import KeyStore

NOW = 1_780_000_000
FIVE: dict[Role | None, int] = {None: 5}
YES, NO = InPersonBallots("yes", 3), InPersonBallots("no", 1)


@dataclass
class Room:
    """An open assembly with an open question; Paula and Bruno facilitate."""

    tx: Transaction
    centre_id: int
    assembly_id: int
    decision_id: int
    paula: Member  # a professional
    bruno: Member  # a family member

    async def begin(self, who: Member) -> bool:
        ids = self.centre_id, self.decision_id
        return await in_person.begin(self.tx, *ids, who.id, who.role, NOW)

    async def put(self, who: Member, said: InPersonBallots) -> bool:
        return await in_person.put(self.tx, self.decision_id, who.id, said)

    async def check(self, who: Member) -> bool:
        return await in_person.check(self.tx, self.decision_id, who.id, who.role)

    async def confirm(self, who: Member, number: int | None = None) -> bool:
        number = (await self.entry()).number if number is None else number
        return await in_person.confirm(self.tx, self.decision_id, who.id, who.role, number)

    async def entry(self) -> in_person.Entry:
        found = await in_person.entry(self.tx, self.centre_id, self.decision_id)
        assert found is not None
        return found

    async def counted(self, rule: Rule | None = None) -> tuple[InPersonBallots, ...]:
        return (await in_person.hall(self.tx, self.decision_id, rule or Rule()))[0]

    async def handed(self) -> None:
        """Paula has entered a count, and nobody has checked it yet."""
        await headcount.say_people(self.tx, self.centre_id, self.assembly_id, None, 5)
        assert await self.begin(self.paula)
        for said in (YES, NO):
            assert await self.put(self.paula, said)
        assert await in_person.hand_over(self.tx, self.decision_id, self.paula.id, FIVE)


async def a_member(tx: Transaction, centre_id: int, name: str, role: Role) -> Member:
    telegram_id = len(await members.everybody(tx)) + 1
    await people.meet(tx, telegram_id, "en", NOW)
    return await members.add(
        tx, centre_id=centre_id, telegram_id=telegram_id, role=role, name=name, now=NOW
    )


async def a_room(tx: Transaction) -> Room:
    centre = await centres.add(
        tx, chat_id=-100, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )
    paula = await a_member(tx, centre.id, "Paula", Role.PROFESSIONAL)
    bruno = await a_member(tx, centre.id, "Bruno", Role.FAMILY)
    found = await assemblies.convene(
        tx, centre_id=centre.id, starts_at=NOW, place=None, convened_by=paula.id, now=NOW
    )
    await points.freeze(tx, found.id, [], NOW)
    assert await sessions.begin(tx, centre.id, found.id, NOW)
    [row] = await tx.statement(
        "INSERT INTO decisions (centre_id, assembly_id, question, quorum_numerator,"
        " quorum_denominator, opened_at, closes_at)"
        f" VALUES ({centre.id}, {found.id}, 'Shall we?', 1, 3, {NOW}, {NOW + 600}) RETURNING id"
    )
    return Room(tx, centre.id, found.id, row["id"], paula, bruno)


async def test_what_one_enters_and_another_confirms_counts(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        assert (await room.entry()).ballots == (NO, YES)
        assert await room.check(room.bruno)
        assert await room.counted() == ()
        assert await room.confirm(room.bruno)
        assert await room.counted() == (NO, YES)
        entry = await room.entry()
        assert (entry.state, entry.enterer, entry.checker) == ("confirmed", "Paula", "Bruno")


async def test_nobody_confirms_alone_or_with_the_own_role(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        petra = await a_member(tx, room.centre_id, "Petra", Role.PROFESSIONAL)
        await room.handed()
        for nobody in (room.paula, petra):
            assert not await room.check(nobody)
            assert not await room.confirm(nobody)
        assert not await room.confirm(room.bruno)  # has not looked at it
        assert await room.counted() == ()


async def test_one_takes_it_on_to_check(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        ulla = await a_member(tx, room.centre_id, "Ulla", Role.USER)
        await room.handed()
        assert await room.check(room.bruno)
        assert not await room.check(ulla)
        assert not await room.confirm(ulla)
        assert await room.confirm(room.bruno)


async def test_only_the_very_figures_that_were_seen_are_confirmed(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        seen = (await room.entry()).number
        assert await room.check(room.bruno)
        assert await in_person.take_back(tx, room.decision_id, room.paula.id)
        assert await room.put(room.paula, InPersonBallots("yes", 4))
        assert await in_person.hand_over(tx, room.decision_id, room.paula.id, FIVE)
        assert not await room.confirm(room.bruno, seen)
        assert await room.check(room.bruno)
        assert not await room.confirm(room.bruno, seen)
        assert await room.counted() == ()
        assert await room.confirm(room.bruno)


async def test_counting_again_throws_a_confirmed_count_away(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        await room.check(room.bruno)
        await room.confirm(room.bruno)
        number = (await room.entry()).number
        ids = room.decision_id, room.bruno.id, Role.FAMILY
        assert not await in_person.restart(tx, *ids, number + 1)
        assert await room.counted() == (NO, YES)
        assert await in_person.restart(tx, *ids, number)
        assert not await in_person.restart(tx, *ids, number)
        assert await room.counted() == ()
        entry = await room.entry()
        assert (entry.state, entry.enterer, entry.ballots) == ("counting", "Bruno", ())


async def test_two_who_begin_at_once_begin_once(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        assert await room.begin(room.paula)
        assert not await room.begin(room.bruno)
        assert await room.put(room.paula, YES)
        assert not await room.put(room.bruno, NO)
        assert not await in_person.hand_over(tx, room.decision_id, room.bruno.id, FIVE)
        assert (await room.entry()).ballots == (YES,)


@pytest.mark.parametrize(
    "over",
    [
        "UPDATE decisions SET status = 'closed'",
        f"UPDATE decisions SET closes_at = {NOW}",
        "UPDATE assemblies SET status = 'closed'",
        "UPDATE decisions SET assembly_id = NULL",
    ],
)
async def test_no_count_begins_when_it_is_over(database: Database, over: str) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await tx.statement(over)
        assert not await room.begin(room.paula)


async def test_another_centre_sees_and_begins_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        other = await centres.add(
            tx, chat_id=-200, name="Casa", language="en", zone="Europe/Rome", now=NOW
        )
        hugo = await a_member(tx, other.id, "Hugo", Role.USER)
        assert not await in_person.begin(tx, other.id, room.decision_id, hugo.id, Role.USER, NOW)
        await room.handed()
        assert await in_person.entry(tx, other.id, room.decision_id) is None
        assert not await headcount.say_people(tx, other.id, room.assembly_id, None, 9)
        assert await headcount.people(tx, room.assembly_id) == {None: 5}


async def test_people_count_only_once_two_have_agreed_on_them(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        ids = room.centre_id, room.assembly_id
        assert await headcount.say_people(tx, *ids, None, 500)
        assert await in_person.hall(tx, room.decision_id, Rule()) == ((), None)
        await room.handed()
        assert await headcount.say_people(tx, *ids, None, 400)  # after it was handed over
        assert await room.check(room.bruno)
        assert await in_person.hall(tx, room.decision_id, Rule()) == ((), None)
        assert (await room.entry()).people == FIVE
        assert await room.confirm(room.bruno)
        assert await in_person.hall(tx, room.decision_id, Rule()) == ((NO, YES), FIVE)


async def test_people_that_were_agreed_on_by_role(database: Database) -> None:
    heads: dict[Role | None, int] = {Role.USER: 2, Role.FAMILY: 0, Role.PROFESSIONAL: 1}
    async with database.transaction() as tx:
        room = await a_room(tx)
        assert await room.begin(room.paula)
        assert await in_person.hand_over(tx, room.decision_id, room.paula.id, heads)
        assert await room.check(room.bruno) and await room.confirm(room.bruno)
        by_role = Rule(parity=Parity.EACH_ROLE)
        assert (await in_person.hall(tx, room.decision_id, by_role))[1] == heads


async def test_nobody_throws_a_count_away_that_was_confirmed_since(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        assert await room.check(room.bruno)
        seen = (await room.entry()).number
        assert await room.confirm(room.bruno)
        assert not await in_person.restart(tx, room.decision_id, room.bruno.id, Role.FAMILY, seen)
        assert await room.counted() == (NO, YES)


async def test_people_by_role_take_the_place_of_the_whole_once_each_is_said(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        ids = room.centre_id, room.assembly_id
        assert await headcount.people(tx, room.assembly_id) == {}
        assert await headcount.say_people(tx, *ids, None, 5)
        for role, number in ((Role.USER, 2), (Role.FAMILY, 0)):
            assert await headcount.say_people(tx, *ids, role, number)
        assert settled(await headcount.people(tx, room.assembly_id)) == {None: 5}
        assert await headcount.say_people(tx, *ids, Role.PROFESSIONAL, 1)
        counted = {Role.USER: 2, Role.FAMILY: 0, Role.PROFESSIONAL: 1}
        assert await headcount.people(tx, room.assembly_id) == counted
        assert await headcount.say_people(tx, *ids, None, 4)
        assert await headcount.people(tx, room.assembly_id) == {None: 4}
        assert await sessions.close(tx, room.centre_id, room.assembly_id, NOW)
        assert not await headcount.say_people(tx, *ids, None, 7)


@pytest.mark.parametrize("number", [-1, 501])
async def test_the_table_refuses_what_no_room_holds(database: Database, number: int) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
    async with database.transaction() as tx:
        with pytest.raises(Conflict):
            await headcount.say_people(tx, room.centre_id, room.assembly_id, None, number)


async def test_what_is_entered_is_found_by_question(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        assert await in_person.entered(tx, room.assembly_id) == {room.decision_id: (NO, YES)}
        await tx.statement("UPDATE decisions SET status = 'closed'")
        assert await in_person.entered(tx, room.assembly_id) == {}


async def test_when_it_is_over_nothing_of_it_is_left(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        await in_person.forget(tx, room.decision_id)
        assert await in_person.entry(tx, room.centre_id, room.decision_id) is None
        assert await tx.statement("SELECT * FROM in_person_ballots") == []


async def test_of_whoever_erases_themselves_the_count_stays_but_is_not_confirmed(
    database: Database, keys_database: Database
) -> None:
    keys = KeyStore(keys_database, bytes(range(32)))
    async with database.transaction() as tx:
        room = await a_room(tx)
        await room.handed()
        await erasing.erase(tx, keys, room.paula, NOW)
        entry = await room.entry()
        assert (entry.entered_by, entry.enterer, entry.state) == (None, None, "handed")
        assert not await room.check(room.bruno)
        assert await in_person.restart(
            tx, room.decision_id, room.bruno.id, Role.FAMILY, entry.number
        )


async def test_who_can_confirm(database: Database) -> None:
    async with database.transaction() as tx:
        room = await a_room(tx)
        assert await in_person.checkers(tx, room.centre_id, Role.PROFESSIONAL, NOW) == []
        await facilitators.add(tx, room.paula.id, NOW)
        await facilitators.add(tx, room.bruno.id, NOW, NOW + 10)
        here = room.centre_id, Role.PROFESSIONAL
        assert await in_person.checkers(tx, *here, NOW) == [
            in_person.Checker(room.bruno.telegram_id, "en")
        ]
        assert await in_person.checkers(tx, *here, NOW + 10) == []  # the term has ended
        await members.leave(tx, room.bruno.id, 99)
        assert await in_person.checkers(tx, *here, NOW) == []
