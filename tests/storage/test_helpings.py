from __future__ import annotations

import asyncio

import pytest
from kit.centre_rows import add_centre, add_member, put_question

from assembly.ballot import Misvote
from storage import ballots, helpings, people
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.helpings import Helping
from storage.secrets.keys import KeyStore

CENTRE, OTHER = 1, 2
NOW, CLOSES = 1_500, 2_000
ANNA, BRUNO, CARLA, DARIO, ELENA, FABIO = range(1, 7)


class Scene:
    """Decision 1 with six members, 1 to 6; the member 7 is of another centre."""

    def __init__(self, database: Database, keys: KeyStore) -> None:
        self.database = database
        self.keys = keys

    async def put(self) -> int:
        async with self.database.transaction() as tx:
            return await put_question(tx, self.keys, centre_id=CENTRE, closes_at=CLOSES)

    async def begin(self, member_id: int, decision_id: int = 1) -> str | None:
        async with self.database.transaction() as tx:
            return await helpings.begin(
                tx, self.keys, centre_id=CENTRE, decision_id=decision_id, member_id=member_id
            )

    async def link(self, member_id: int, decision_id: int = 1) -> str:
        token = await self.begin(member_id, decision_id)
        assert token is not None
        return token

    async def find(self, token: str, now: int = NOW) -> Helping | None:
        async with self.database.reading() as tx:
            return await helpings.find(tx, self.keys, token, now)

    async def good(self, token: str) -> Helping:
        helping = await self.find(token)
        assert helping is not None
        return helping

    async def accept(self, token: str, helper_id: int) -> bool:
        helping = await self.good(token)
        return await self.database.run(
            lambda tx: helpings.accept(tx, self.keys, helping, helper_id)
        )

    async def enter(self, token: str, helper_id: int, choice: str = "yes") -> bool:
        helping = await self.good(token)
        return await self.database.run(
            lambda tx: helpings.enter(tx, self.keys, helping, helper_id, choice, NOW)
        )

    async def said(self, member_id: int) -> str | None:
        async with self.database.reading() as tx:
            mine = (await ballots.of_member(tx, self.keys, CENTRE, member_id))[1]
        return mine.choice if mine else None

    async def cast(self, member_id: int, choice: str) -> None:
        async with self.database.transaction() as tx:
            assert await ballots.cast(
                tx,
                self.keys,
                telegram_id=100 + member_id,
                centre_id=CENTRE,
                decision_id=1,
                choice=choice,
                now=NOW,
                group_id=None,
            )

    async def rows(self) -> list[dict[str, object]]:
        async with self.database.reading() as tx:
            found = await tx.statement("SELECT * FROM helpings ORDER BY decision_id, tag")
            return [{name: row[name] for name in row.keys()} for row in found]  # noqa: SIM118


@pytest.fixture
async def scene(database: Database, keys_database: Database) -> Scene:
    async with database.transaction() as tx:
        for centre_id in (CENTRE, OTHER):
            await add_centre(tx, centre_id=centre_id)
        for number in range(1, 8):
            await join(tx, number, OTHER if number == 7 else CENTRE)
    scene = Scene(database, KeyStore(keys_database, bytes(32)))
    assert await scene.put() == 1
    return scene


async def join(tx: Transaction, number: int, centre_id: int) -> None:
    await people.meet(tx, 100 + number, "de", 0)
    await add_member(tx, number, centre_id=centre_id, telegram_id=100 + number)


async def test_a_helper_enters_the_ballot_once(scene: Scene) -> None:
    token = await scene.link(ANNA)
    assert len(token) == 22
    helping = await scene.good(token)
    assert (helping.member_id, helping.centre_id, helping.decision_id) == (ANNA, CENTRE, 1)
    assert not await scene.enter(token, BRUNO)  # not accepted yet
    assert await scene.accept(token, BRUNO)
    assert not await scene.accept(token, BRUNO)
    assert not await scene.accept(token, CARLA)
    assert await helpings.is_helper(scene.keys, await scene.good(token), BRUNO)
    assert not await helpings.is_helper(scene.keys, await scene.good(token), CARLA)
    assert not await scene.enter(token, CARLA)
    assert await scene.said(ANNA) is None
    assert await scene.enter(token, BRUNO, "no")
    assert not await scene.enter(token, BRUNO, "yes")
    assert await scene.said(ANNA) == "no"
    assert await scene.said(BRUNO) is None
    assert (await scene.good(token)).entered


async def test_the_member_replaces_it_and_needs_no_second_helper(scene: Scene) -> None:
    token = await scene.link(ANNA)
    assert await scene.accept(token, BRUNO)
    assert await scene.enter(token, BRUNO, "no")
    await scene.cast(ANNA, "yes")
    assert await scene.said(ANNA) == "yes"
    assert await scene.begin(ANNA) is None
    async with scene.database.reading() as tx:
        assert await helpings.entered(tx, scene.keys, 1, ANNA)
        assert not await helpings.entered(tx, scene.keys, 1, BRUNO)


async def test_a_new_link_ends_the_one_before(scene: Scene) -> None:
    first = await scene.link(ANNA)
    assert await scene.accept(first, BRUNO)
    second = await scene.link(ANNA)
    assert await scene.find(first) is None
    helping = await scene.good(second)
    assert helping.helper is None
    assert not await scene.enter(second, BRUNO)
    assert len(await scene.rows()) == 1


async def test_a_helper_serves_two_in_one_decision(scene: Scene) -> None:
    await scene.put()
    tokens = [await scene.link(member) for member in (ANNA, CARLA, DARIO)]
    assert await scene.accept(tokens[0], BRUNO)
    assert await scene.enter(tokens[0], BRUNO)
    assert await scene.accept(tokens[1], BRUNO)
    assert not await scene.accept(tokens[2], BRUNO)
    assert await scene.accept(tokens[2], ELENA)
    assert await scene.accept(await scene.link(ANNA, 2), BRUNO)  # another decision


async def test_two_helpers_at_once_are_one(scene: Scene) -> None:
    helping = await scene.good(await scene.link(ANNA))

    async def accept(helper_id: int) -> bool:
        return await scene.database.run(
            lambda tx: helpings.accept(tx, scene.keys, helping, helper_id)
        )

    accepted = await asyncio.gather(*(accept(helper) for helper in range(2, 7)))
    assert sorted(accepted) == [False, False, False, False, True]


async def test_one_helper_who_accepts_three_at_once_gets_two(scene: Scene) -> None:
    found = [await scene.good(await scene.link(member)) for member in (ANNA, CARLA, DARIO)]

    async def accept(helping: Helping) -> bool:
        return await scene.database.run(lambda tx: helpings.accept(tx, scene.keys, helping, BRUNO))

    accepted = await asyncio.gather(*(accept(each) for each in found))
    assert sorted(accepted) == [False, True, True]


async def test_a_ballot_of_ones_own_is_noticed(scene: Scene) -> None:
    async def gave_own(token: str) -> bool:
        helping = await scene.good(token)
        async with scene.database.reading() as tx:
            return await helpings.gave_own(tx, scene.keys, helping)

    token = await scene.link(ANNA)
    assert not await gave_own(token)
    await scene.cast(ANNA, "yes")
    assert await gave_own(token)
    token = await scene.link(ANNA)
    assert not await gave_own(token)
    await scene.cast(ANNA, "yes")  # the same again is a ballot again
    assert await gave_own(token)


@pytest.mark.parametrize("choice", ["maybe", "", "YES", "0"])
async def test_no_ballot_is_entered_that_is_none(scene: Scene, choice: str) -> None:
    token = await scene.link(ANNA)
    assert await scene.accept(token, BRUNO)
    with pytest.raises(Misvote):
        await scene.enter(token, BRUNO, choice)
    assert not (await scene.good(token)).entered
    assert await scene.said(ANNA) is None


async def test_for_who_cannot_cast_nothing_is_entered(scene: Scene) -> None:
    token = await scene.link(ANNA)
    assert await scene.accept(token, BRUNO)
    async with scene.database.transaction() as tx:
        await tx.statement(f"UPDATE members SET status = 'left' WHERE id = {ANNA}")
    with pytest.raises(StorageError):
        await scene.enter(token, BRUNO)
    assert not (await scene.good(token)).entered


async def test_only_who_takes_part_gets_a_link(scene: Scene) -> None:
    async with scene.database.transaction() as tx:
        await join(tx, 8, CENTRE)
    assert await scene.begin(8) is None  # joined later
    assert await scene.begin(7) is None  # of another centre
    assert await scene.begin(ANNA, 99) is None
    assert await scene.rows() == []


async def test_it_ends_with_the_decision(scene: Scene) -> None:
    token = await scene.link(ANNA)
    ref = (await scene.good(token)).ref
    assert await scene.find(token, CLOSES - 1) is not None
    assert await scene.find(token, CLOSES) is None
    for wrong in (token[:-1], "", token + "A", "ä\ud800"):
        assert await scene.find(wrong) is None
    async with scene.database.transaction() as tx:
        for centre_id, name, found in ((1, ref, True), (2, ref, False), (1, ref[:-1], False)):
            helping = await helpings.by_ref(tx, scene.keys, centre_id, name, NOW)
            assert (helping is not None) is found
        await tx.statement("UPDATE decisions SET status = 'cancelled'")
        assert await helpings.by_ref(tx, scene.keys, CENTRE, ref, NOW) is None
        await helpings.remove(tx, 1)
    assert await scene.find(token) is None
    assert await scene.rows() == []


async def test_rows_carry_no_member_and_all_look_alike(scene: Scene) -> None:
    tokens = [await scene.link(member) for member in (ANNA, BRUNO, CARLA)]
    assert await scene.accept(tokens[0], DARIO)
    await scene.cast(ELENA, "yes")
    await scene.link(ELENA)  # with a ballot before
    rows = await scene.rows()
    assert {len(bytes(row["sealed"])) for row in rows} == {len(bytes(rows[0]["sealed"]))}  # type: ignore[call-overload]
    assert {len(bytes(row["tag"])) for row in rows} == {32}  # type: ignore[call-overload]
    assert not {name for row in rows for name in row} & {"member_id", "at", "created_at"}
    assert not any(token in str(rows) for token in tokens)
    key = await scene.keys.ballot_key(1)
    own = {ballots.tag(key, number) for number in range(1, 8)}
    assert not own & {bytes(row[name] or b"") for row in rows for name in ("tag", "helper")}  # type: ignore[call-overload]


async def test_erased_the_member_and_the_helper_leave_nothing(scene: Scene) -> None:
    await scene.put()
    anna, carla, dario = [await scene.link(member) for member in (ANNA, CARLA, DARIO)]
    assert await scene.accept(anna, BRUNO)
    assert await scene.accept(carla, BRUNO)
    assert await scene.enter(carla, BRUNO)
    async with scene.database.transaction() as tx:
        await helpings.forget(tx, scene.keys, BRUNO)
    assert await scene.find(anna) is None  # not entered: she can ask somebody else
    assert await scene.begin(ANNA) is not None
    left = await scene.good(carla)
    assert (left.helper, left.entered) == (None, True)
    assert not await scene.accept(carla, ELENA)
    async with scene.database.transaction() as tx:
        await helpings.forget(tx, scene.keys, DARIO)
        await helpings.forget(tx, scene.keys, CARLA)
    assert await scene.find(dario) is None and await scene.find(carla) is None


async def test_without_its_key_nothing_is_in_the_way_of_erasing(scene: Scene) -> None:
    await scene.link(ANNA)
    await scene.keys.destroy_ballot_key(1)
    async with scene.database.transaction() as tx:
        await helpings.forget(tx, scene.keys, ANNA)
    assert len(await scene.rows()) == 1
