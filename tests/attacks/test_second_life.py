"""Somebody erases themselves and joins again, to be over a limit once more."""

from __future__ import annotations

import pytest
from kit.stage import DAY, Stage

from handlers.proposals.draft import OPEN_AT_ONCE
from sandbox.people import Person
from storage import members
from storage.centres import Centre
from storage.erasure import erasing
from storage.marks import ERASED

pytestmark = pytest.mark.usefixtures("no_errors")


async def erased_and_back(stage: Stage, centre: Centre, person: Person) -> None:
    keys = stage.voci.keys
    async with stage.voci.database.transaction() as tx:
        member = await members.find(tx, centre.id, person.id)
        assert member is not None
        await erasing.erase(tx, keys, member, stage.now)
    await stage.enrol(centre, person, "user", facilitator=False, language="en")


async def test_a_second_life_has_no_list_of_its_own(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno")
    for number in range(OPEN_AT_ONCE):
        await stage.propose(centre, anna, f"Proposal number {number}")
    await erased_and_back(stage, centre, anna)
    told = await stage.say(anna, "/propose")
    assert "as many as one person can have" in told.words
    for table in ("keyed_marks", "proposals"):
        assert str(anna.id) not in str(
            [[*row] for row in await stage.rows(f"SELECT * FROM {table}")]
        )
    assert "as many as one person" not in (await stage.say(bruno, "/propose")).words
    await erased_and_back(stage, centre, anna)
    told = await stage.say(anna, "/propose")
    assert "as many as one person can have" in told.words, "nor a third one"
    await stage.move(ERASED + DAY)
    assert "as many as one person" not in (await stage.say(anna, "/propose")).words
    assert not await stage.rows("SELECT * FROM keyed_marks WHERE kind = 'proposed'")


@pytest.mark.parametrize("status", ["withdrawn", "settled"])
async def test_what_is_off_the_list_does_not_count(stage_on_each: Stage, status: str) -> None:
    stage = stage_on_each
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    for number in range(OPEN_AT_ONCE):
        await stage.propose(centre, anna, f"Proposal number {number}")
    await stage.rows(f"UPDATE proposals SET status = '{status}' WHERE id = 1")
    await erased_and_back(stage, centre, anna)
    assert "as many as one person" not in (await stage.say(anna, "/propose")).words
    assert len(await stage.rows("SELECT * FROM keyed_marks")) == OPEN_AT_ONCE - 1
