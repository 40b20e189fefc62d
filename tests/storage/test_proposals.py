from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.roles import Role
from storage import assemblies, points, proposals
from storage.engine.database import Database
from storage.engine.transaction import Transaction

U, F, P = Role.USER, Role.FAMILY, Role.PROFESSIONAL


class House:
    """A centre of two users, one family member and one professional, and another centre."""

    async def build(self, tx: Transaction) -> House:
        self.centre, self.elsewhere = 1, 2
        for centre_id in (self.centre, self.elsewhere):
            await add_centre(tx, centre_id=centre_id)
        self.anna, self.bruno, self.carla, self.dora, self.stranger = range(11, 16)
        for member_id, role in ((11, U), (12, U), (13, F), (14, P)):
            await add_member(tx, member_id, role, name=f"M{member_id}")
        await add_member(tx, self.stranger, centre_id=self.elsewhere)
        return self

    async def propose(
        self, tx: Transaction, title: str = "A quiet room", *, named: bool = True, now: int = 100
    ) -> int:
        return await proposals.add(
            tx,
            centre_id=self.centre,
            author_id=self.anna,
            title=title,
            reason="To rest",
            named=named,
            now=now,
        )


async def test_a_proposal_is_read_back_as_it_was_put(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx, "Öffnen <b>um 9</b> \N{OPTION KEY}?")
    async with database.reading() as tx:
        item = await proposals.get(tx, house.centre, made)
    assert item == proposals.Proposal(
        id=made,
        centre_id=house.centre,
        author_id=house.anna,
        author_name="M11",
        title="Öffnen <b>um 9</b> \N{OPTION KEY}?",
        reason="To rest",
        named=True,
        status="open",
        created_at=100,
        edited_at=None,
        supporters={U: 0, F: 0, P: 0},
        supported=False,
    )
    assert item.is_open and item.voices == 0


async def test_without_a_name_nobody_reads_one(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx, named=False)
        item = await proposals.get(tx, house.centre, made, house.bruno)
        assert item is not None and item.author_name is None
        listed = (await proposals.agenda(tx, house.centre, house.bruno)).items[0]
        assert listed.author_name is None


async def test_the_name_goes_with_its_member(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        await tx.statement(f"UPDATE members SET status = 'left' WHERE id = {house.anna}")
        left = await proposals.get(tx, house.centre, made)
        assert left is not None and left.author_name is None and left.author_id == house.anna
        await tx.statement(f"DELETE FROM members WHERE id = {house.anna}")
        erased = await proposals.get(tx, house.centre, made)
        assert erased is not None and erased.author_id is None and erased.title == "A quiet room"


async def test_supports_are_counted_by_role_and_only_while_active(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        for member in (house.anna, house.bruno, house.dora):
            await proposals.support(tx, house.centre, made, member, on=True)
        await tx.statement(f"UPDATE members SET status = 'left' WHERE id = {house.bruno}")
        item = await proposals.get(tx, house.centre, made, house.dora)
        assert item is not None
        assert item.supporters == {U: 1, F: 0, P: 1}
        assert item.supported and item.voices == 2
        assert not (await proposals.agenda(tx, house.centre, house.carla)).items[0].supported
        assert (await proposals.agenda(tx, house.centre)).sizes == {U: 1, F: 1, P: 1}


@pytest.mark.parametrize("status", ["left", "active"])
async def test_only_an_active_member_adds_a_voice(database: Database, status: str) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        await tx.statement(f"UPDATE members SET status = '{status}' WHERE id = {house.bruno}")
        await proposals.support(tx, house.centre, made, house.bruno, on=True)
        rows = await tx.statement("SELECT member_id FROM supports ORDER BY member_id")
        voices = [row["member_id"] for row in rows]
        assert voices == ([house.bruno] if status == "active" else [])


async def test_a_voice_is_added_and_taken_back_once_however_often(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        for on, voices in ((True, 1), (True, 1), (False, 0), (False, 0), (True, 1)):
            await proposals.support(tx, house.centre, made, house.bruno, on=on)
            item = await proposals.get(tx, house.centre, made, house.bruno)
            assert item is not None and item.voices == voices and item.supported is on


async def test_the_agenda_weighs_roles_and_then_age(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        younger = await house.propose(tx, "younger", now=300)
        older = await house.propose(tx, "older", now=200)
        by_users = await house.propose(tx, "by one user of two", now=100)
        by_professional = await house.propose(tx, "by the professional", now=400)
        await proposals.support(tx, house.centre, by_users, house.bruno, on=True)
        await proposals.support(tx, house.centre, by_professional, house.dora, on=True)
        agenda = await proposals.agenda(tx, house.centre)
        assert [item.id for item in agenda.items] == [by_professional, by_users, older, younger]
        assert agenda.sizes == {U: 2, F: 1, P: 1}
        assert (await proposals.agenda(tx, house.elsewhere)).items == ()


async def test_another_centre_reaches_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        assert await proposals.get(tx, house.elsewhere, made) is None
        await proposals.support(tx, house.elsewhere, made, house.stranger, on=True)
        await proposals.support(tx, house.centre, made, house.stranger, on=True)
        await proposals.support(tx, house.centre, made, house.bruno, on=True)
        await proposals.support(tx, house.elsewhere, made, house.bruno, on=False)
        assert not await proposals.withdraw(tx, house.elsewhere, made, house.anna)
        item = await proposals.get(tx, house.centre, made)
        assert item is not None and item.voices == 1 and item.is_open
        assert await proposals.centre_of(tx, made) == house.centre
        assert await proposals.centre_of(tx, 10**15) is None


@pytest.mark.parametrize("who", ["bruno", "dora", "stranger"])
async def test_only_the_author_edits_and_withdraws(database: Database, who: str) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        other = getattr(house, who)
        assert not await change(tx, house, made, other)
        assert not await proposals.withdraw(tx, house.centre, made, other)
        item = await proposals.get(tx, house.centre, made)
        assert item is not None and item.title == "A quiet room" and item.is_open


async def test_an_edit_changes_the_text_and_says_when(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        await proposals.support(tx, house.centre, made, house.bruno, on=True)
        assert await change(tx, house, made, house.anna)
        item = await proposals.get(tx, house.centre, made)
        assert item is not None
        assert (item.title, item.reason, item.named, item.edited_at) == ("Other", None, False, 200)
        assert item.voices == 1 and item.created_at == 100


@pytest.mark.parametrize("status", ["withdrawn", "settled"])
async def test_what_is_over_stays_as_it_is(database: Database, status: str) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        await proposals.support(tx, house.centre, made, house.bruno, on=True)
        await tx.statement(f"UPDATE proposals SET status = '{status}' WHERE id = {made}")
        await proposals.support(tx, house.centre, made, house.bruno, on=False)
        await proposals.support(tx, house.centre, made, house.carla, on=True)
        assert not await change(tx, house, made, house.anna)
        assert not await proposals.withdraw(tx, house.centre, made, house.anna)
        item = await proposals.get(tx, house.centre, made)
        assert item is not None and item.voices == 1 and item.status == status
        assert (await proposals.agenda(tx, house.centre)).items == ()


async def test_withdrawing_forgets_who_supported(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made, kept = await house.propose(tx), await house.propose(tx, "Another")
        for proposal in (made, kept):
            await proposals.support(tx, house.centre, proposal, house.bruno, on=True)
        assert await proposals.withdraw(tx, house.centre, made, house.anna)
        assert not await proposals.withdraw(tx, house.centre, made, house.anna)
        rows = await tx.statement("SELECT proposal_id FROM supports")
        assert [row["proposal_id"] for row in rows] == [kept]
        assert await proposals.own(tx, house.anna) == [
            proposals.Own(kept, "Another", "open", 100),
            proposals.Own(made, "A quiet room", "withdrawn", 100),
        ]
        assert await proposals.own(tx, house.bruno) == []


async def test_erasing_a_member_takes_their_voices(database: Database) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        made = await house.propose(tx)
        await proposals.support(tx, house.centre, made, house.bruno, on=True)
        await tx.statement(f"DELETE FROM members WHERE id = {house.bruno}")
        item = await proposals.get(tx, house.centre, made)
        assert item is not None and item.voices == 0


async def change(tx: Transaction, house: House, proposal_id: int, author_id: int) -> bool:
    return await proposals.edit(
        tx,
        centre_id=house.centre,
        proposal_id=proposal_id,
        author_id=author_id,
        title="Other",
        reason=None,
        named=False,
        now=200,
    )


async def test_why_the_points_of_an_agenda_matter_without_what_was_taken_back(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        house = await House().build(tx)
        kept, back = await house.propose(tx), await house.propose(tx, "A trip")
        assembly = await assemblies.convene(
            tx,
            centre_id=house.centre,
            starts_at=1_000,
            place=None,
            convened_by=house.anna,
            now=100,
        )
        assert await proposals.reasons_on(tx, assembly.id) == {}
        await points.freeze(tx, assembly.id, [(back, "A trip"), (kept, "A quiet room")], 200)
        items = await points.items(tx, assembly.id)
        assert len(await proposals.reasons_on(tx, assembly.id)) == 2
        assert await proposals.withdraw(tx, house.centre, back, house.anna)
    async with database.reading() as tx:
        assert await proposals.reasons_on(tx, assembly.id) == {items[1].id: "To rest"}
