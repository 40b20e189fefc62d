from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, add_member

from assembly.centre_facts import Fact
from storage import centre_facts, consents, members
from storage.consents import VERSIONS, Consent, Purpose
from storage.engine.database import Database

NEWEST = VERSIONS["part"]


@pytest.fixture
async def centre(database: Database) -> Database:
    """Two centres, a member in each."""
    async with database.transaction() as tx:
        for number in (1, 2):
            await add_centre(tx, centre_id=number)
            await add_member(tx, number, centre_id=number)
    return database


async def test_an_older_text_rests_until_it_is_agreed_to_anew(centre: Database) -> None:
    async with centre.transaction() as tx:
        for purpose in VERSIONS:
            await consents.grant(tx, 1, purpose, VERSIONS[purpose] - 1, 100)
            await consents.grant(tx, 2, purpose, VERSIONS[purpose], 100)
            assert not await consents.rests(tx, 1, purpose)
        assert await consents.rest_older(tx) == {1}
        assert await consents.rest_older(tx) == set(), "each is asked once"
        assert await consents.rests(tx, 1, "part") and not await consents.rests(tx, 2, "part")
        presser = await members.presser(tx, 1, 1, 100)
        assert presser is not None and presser.rests

        await consents.grant(tx, 1, "part", NEWEST, 200)
        presser = await members.presser(tx, 1, 1, 200)
        assert presser is not None and not presser.rests
        assert await consents.rests(tx, 1, "checkin"), "each purpose by itself"
        assert await consents.rest_older(tx) == set(), "the newest stands"
        assert await consents.standing(tx, 1, "part") == NEWEST


@pytest.mark.parametrize("purpose", VERSIONS)
async def test_what_was_taken_back_does_not_rest(centre: Database, purpose: Purpose) -> None:
    async with centre.transaction() as tx:
        await consents.grant(tx, 1, purpose, 1, 100)
        await consents.rest_older(tx)
        assert await consents.withdraw(tx, 1, purpose, 200)
        assert not await consents.rests(tx, 1, purpose)
        assert await consents.rest_older(tx) == set()


async def test_another_body_lets_everything_in_its_centre_rest(centre: Database) -> None:
    async with centre.transaction() as tx:
        for member_id in (1, 2):
            await consents.grant(tx, member_id, "part", NEWEST, 100)
        change = await centre_facts.propose(tx, 1, Fact.RESPONSIBLE, "Coop", 1, 150)
        await centre_facts.settle(tx, 1, change, 1, 150, holds=True)
        assert await consents.rest_all(tx, 1) == {1}
        assert not await consents.rests(tx, 2, "part")
        await consents.grant(tx, 1, "part", NEWEST, 200)
        assert await consents.history(tx, 1) == [
            Consent(1, "part", NEWEST, 100, None),
            Consent(1, "part", NEWEST, 200, None, body="Coop"),
        ]


def test_another_body_is_known_by_what_stood_beside_the_consent() -> None:
    def part(body: str | None, withdrawn_at: int | None = None, version: int = NEWEST) -> Consent:
        return Consent(1, "part", version, 100, withdrawn_at, body=body)

    checkin = Consent(1, "checkin", NEWEST, 200, None, body="Coop")
    assert consents.another_body([part("Comune"), checkin], "Coop") == "Coop"
    assert consents.another_body([part(None)], "Coop") == "Coop"
    assert consents.another_body([part("Comune"), part("Coop")], "Coop") is None
    assert consents.another_body([part("Comune", version=NEWEST - 1)], "Coop") is None
    assert consents.another_body([part("Coop", 150)], "Comune") is None, "nothing stands"
    assert consents.another_body([part("Coop")], None) is None, "nobody is named any more"
