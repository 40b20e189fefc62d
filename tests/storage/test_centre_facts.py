from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.centre_facts import Fact
from assembly.roles import Role
from storage import centre_facts
from storage.centre_facts import Settled, Waiting
from storage.engine.database import Database


@pytest.fixture
async def centre(database: Database) -> Database:
    """Two centres; Fiona and Gino in the first."""
    async with database.transaction() as tx:
        for centre_id in (1, 2):
            await add_centre(tx, centre_id=centre_id)
        await add_member(tx, 1, name="Fiona")
        await add_member(tx, 2, Role.FAMILY, name="Gino")
    return database


async def test_a_change_holds_only_once_it_is_settled(centre: Database) -> None:
    async with centre.transaction() as tx:
        change = await centre_facts.propose(tx, 1, Fact.ADDRESS, "Via Roma 1", 1, 100)
        assert await centre_facts.known(tx, 1) == {}
        assert await centre_facts.waiting(tx, 1) == [
            Waiting(change, Fact.ADDRESS, "Via Roma 1", 1, 100, "Fiona", Role.USER)
        ]
        assert not await centre_facts.settle(tx, 2, change, 2, 150, holds=True), "another centre"
        assert await centre_facts.settle(tx, 1, change, 2, 200, holds=True)
        assert not await centre_facts.settle(tx, 1, change, 2, 200, holds=False), "it is over"
        assert await centre_facts.known(tx, 1) == {Fact.ADDRESS: "Via Roma 1"}
        assert await centre_facts.known(tx, 2) == {}
        assert await centre_facts.waiting(tx, 1) == []
        assert await centre_facts.history(tx, 1, 9) == [
            Settled(Fact.ADDRESS, 200, "Fiona", "Gino", alone=False)
        ]


async def test_the_newest_proposal_of_a_fact_takes_the_place_of_the_one_before(
    centre: Database,
) -> None:
    async with centre.transaction() as tx:
        first = await centre_facts.propose(tx, 1, Fact.CONTACT, "1", 1, 100)
        second = await centre_facts.propose(tx, 1, Fact.CONTACT, "2", 2, 110)
        assert [each.id for each in await centre_facts.waiting(tx, 1)] == [second]
        assert not await centre_facts.settle(tx, 1, first, 2, 120, holds=True)


async def test_what_is_not_confirmed_changes_nothing_and_is_not_kept(centre: Database) -> None:
    async with centre.transaction() as tx:
        change = await centre_facts.propose(tx, 1, Fact.HOST, "nobody", 1, 100)
        assert await centre_facts.settle(tx, 1, change, 2, 200, holds=False)
        assert await centre_facts.known(tx, 1) == {}
        assert await centre_facts.history(tx, 1, 9) == []
        [row] = await tx.statement("SELECT words FROM fact_changes")
        assert row["words"] is None


async def test_a_fact_can_be_taken_away(centre: Database) -> None:
    async with centre.transaction() as tx:
        for words in ("Dr. Rossi", None):
            change = await centre_facts.propose(tx, 1, Fact.OFFICER, words, 1, 100)
            assert await centre_facts.settle(tx, 1, change, 1, 100, holds=True)
        assert await centre_facts.known(tx, 1) == {}
        assert [each.alone for each in await centre_facts.history(tx, 1, 9)] == [True, True]


async def test_what_was_said_of_a_body_goes_with_it(centre: Database) -> None:
    async with centre.transaction() as tx:
        for fact in Fact:
            change = await centre_facts.propose(tx, 1, fact, f"{fact} of before", 1, 100)
            await centre_facts.settle(tx, 1, change, 1, 100, holds=True)
        same = await centre_facts.propose(tx, 1, Fact.RESPONSIBLE, "Written better", 1, 200)
        await centre_facts.settle(tx, 1, same, 2, 200, holds=True)
        assert len(await centre_facts.known(tx, 1)) == len(Fact)

        refused = await centre_facts.propose(tx, 1, Fact.RESPONSIBLE, "Coop", 1, 300, another=True)
        await centre_facts.settle(tx, 1, refused, 2, 300, holds=False)
        assert len(await centre_facts.known(tx, 1)) == len(Fact)

        another = await centre_facts.propose(tx, 1, Fact.RESPONSIBLE, "Coop", 1, 400, another=True)
        await centre_facts.settle(tx, 1, another, 2, 400, holds=True)
        assert await centre_facts.known(tx, 1) == {
            Fact.RESPONSIBLE: "Coop",
            Fact.HOST: "host of before",
            Fact.AGE: "age of before",
        }


async def test_of_whoever_is_erased_nothing_waits_and_no_name_stays(centre: Database) -> None:
    async with centre.transaction() as tx:
        settled = await centre_facts.propose(tx, 1, Fact.HOST, "here", 1, 100)
        await centre_facts.settle(tx, 1, settled, 2, 200, holds=True)
        await centre_facts.propose(tx, 1, Fact.ADDRESS, "there", 1, 300)
        await tx.statement("DELETE FROM members WHERE id = 1")
        assert await centre_facts.waiting(tx, 1) == []
        assert await centre_facts.history(tx, 1, 9) == [
            Settled(Fact.HOST, 200, None, "Gino", alone=False)
        ]
        # What somebody else puts forward takes the place of what waits for nobody.
        await centre_facts.propose(tx, 1, Fact.ADDRESS, "here", 2, 400)
        assert [each.words for each in await centre_facts.waiting(tx, 1)] == ["here"]
