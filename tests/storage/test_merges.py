"""Putting two proposals together, on both engines: each voice once, and both authors want it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from kit.centre_rows import add_centre, add_member

from assembly.merging import Answer, Side
from storage import assemblies, comments, members, merges, people, points, proposals
from storage.backups.backup_tables import as_kept
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.merges import Merge

ANNA, BRUNO, CARLA, FIONA, STRANGER = 11, 12, 13, 14, 15


async def build(tx: Transaction) -> tuple[int, int]:
    """One of Anna's, with Carla's voice, and one of Bruno's, with Carla's and Fiona's."""
    for centre_id in (1, 2):
        await add_centre(tx, centre_id=centre_id)
    for member_id in (ANNA, BRUNO, CARLA, FIONA):
        await add_member(tx, member_id, name=f"M{member_id}")
        member = await members.get(tx, member_id)
        assert member is not None
        await people.meet(tx, member.telegram_id, "en", 50)
    await add_member(tx, STRANGER, centre_id=2)
    made = []
    for author, title in ((ANNA, "Open on Saturdays"), (BRUNO, "Open on Saturdays, too")):
        made.append(
            await proposals.add(
                tx, centre_id=1, author_id=author, title=title, reason=None, named=False, now=100
            )
        )
    kept, merged = made
    for proposal_id, member_id in ((kept, CARLA), (merged, CARLA), (merged, FIONA)):
        await proposals.support(tx, 1, proposal_id, member_id, on=True)
    return kept, merged


async def found(tx: Transaction, merged_id: int) -> Merge:
    merge = await merges.find(tx, merged_id)
    assert merge is not None
    return merge


async def test_each_voice_counts_once_and_one_leads_to_the_other(database: Database) -> None:
    async with database.transaction() as tx:
        kept, merged = await build(tx)
        written: dict[str, Any] = {"text": "Until when?", "named": False, "now": 150}
        await comments.add(tx, centre_id=1, proposal_id=merged, member_id=CARLA, **written)
        assert await merges.suggest(tx, 1, kept, merged, FIONA, 200)
        came = await merges.unite(tx, await found(tx, merged), 300)
        assert came is not None and len(came.voices) == 2 and came.assemblies == ()
        item = await proposals.get(tx, 1, kept)
        other = await proposals.get(tx, 1, merged)
        assert item is not None and item.is_open and item.voices == 2
        assert other is not None and other.status == "merged" and other.voices == 0
        assert await comments.count(tx, kept) == 1
        merge = await found(tx, merged)
        assert merge.is_done and merge.kept_id == kept
        assert merge.kept == merge.merged == Side(), "no answer is kept"
        assert await merges.unite(tx, merge, 400) is None and not await merges.end(tx, merged)


async def test_one_pair_at_a_time_and_only_what_is_open_here(database: Database) -> None:
    async with database.transaction() as tx:
        kept, merged = await build(tx)
        third = await proposals.add(
            tx, centre_id=1, author_id=CARLA, title="Plants", reason=None, named=False, now=100
        )
        assert not await merges.suggest(tx, 1, kept, kept, FIONA, 200)
        assert not await merges.suggest(tx, 2, kept, merged, STRANGER, 200)
        assert await merges.suggest(tx, 1, kept, merged, FIONA, 200)
        for pair in ((merged, kept), (kept, third), (third, merged), (third, kept)):
            assert not await merges.suggest(tx, 1, *pair, FIONA, 200)
        assert await merges.end(tx, merged) and await merges.find(tx, merged) is None
        assert await proposals.withdraw(tx, 1, kept, ANNA)
        assert not await merges.suggest(tx, 1, kept, merged, FIONA, 300)


async def test_only_authors_answer_and_only_for_their_own(database: Database) -> None:
    async with database.transaction() as tx:
        kept, merged = await build(tx)
        await merges.suggest(tx, 1, kept, merged, FIONA, 200)
        for member_id in (CARLA, FIONA, STRANGER):
            assert not await merges.answer(tx, merged, member_id, Answer.YES)
        assert await merges.answer(tx, merged, ANNA, Answer.YES)
        merge = await found(tx, merged)
        assert (merge.kept, merge.merged) == (Side(Answer.YES), Side())
        assert await merges.answer(tx, merged, BRUNO, Answer.NO)
        assert await merges.answer(tx, merged, BRUNO, Answer.YES)
        assert (await found(tx, merged)).merged == Side(Answer.YES)
        await members.restrict(tx, ANNA, 300)
        assert not (await found(tx, merged)).kept.gone, "kept and not used is not gone"
        await members.lift(tx, ANNA)
        await members.leave(tx, ANNA, 400)
        assert (await found(tx, merged)).kept.gone


async def test_a_frozen_agenda_leads_to_the_one_that_stays(database: Database) -> None:
    async with database.transaction() as tx:
        kept, merged = await build(tx)
        made = []
        for proposed in ([(merged, "Too")], [(kept, "Open"), (merged, "Too")], [(merged, "Too")]):
            assembly = await assemblies.convene(
                tx, centre_id=1, starts_at=900, place=None, convened_by=ANNA, now=100
            )
            await points.freeze(tx, assembly.id, proposed, 150)
            made.append(assembly.id)
        await assemblies.cancel(tx, 1, made[2])
        await merges.suggest(tx, 1, kept, merged, FIONA, 200)
        came = await merges.unite(tx, await found(tx, merged), 300)
        assert came is not None and set(came.assemblies) == set(made[:2])
        [point] = await points.items(tx, made[0])
        assert (point.proposal_id, point.title, point.is_listed) == (
            kept,
            "Open on Saturdays",
            True,
        )
        assert [each.proposal_id for each in await points.items(tx, made[1])] == [kept, merged]
        [over] = await points.items(tx, made[2])
        assert over.proposal_id == merged, "what is over stays as it was"


async def test_what_was_taken_back_meanwhile_is_not_merged(database: Database) -> None:
    async with database.transaction() as tx:
        kept, merged = await build(tx)
        await merges.suggest(tx, 1, kept, merged, FIONA, 200)
        await proposals.withdraw(tx, 1, kept, ANNA)
        merge = await found(tx, merged)
        assert not merge.can_be and await merges.unite(tx, merge, 300) is None
        other = await proposals.get(tx, 1, merged)
        assert other is not None and other.is_open and other.voices == 2


async def test_of_two_at_once_one_acts(fresh_url: Callable[..., Awaitable[str]]) -> None:
    """Two suggest, then two put together, by two processes."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    kept, merged = await doors[0].run(build)
    pairs = [(kept, merged), (merged, kept)]

    async def suggest(one: int, other: int, tx: Transaction) -> bool:
        return await merges.suggest(tx, 1, one, other, FIONA, 200)

    suggested = await asyncio.gather(
        *(
            door.run(partial(suggest, one, other))
            for door, (one, other) in zip(doors, pairs, strict=True)
        )
    )
    assert sorted(suggested) == [False, True]
    leading = merged if suggested[0] else kept
    merge = await doors[0].run(lambda tx: found(tx, leading))
    came = await asyncio.gather(
        *(door.run(lambda tx: merges.unite(tx, merge, 300)) for door in doors)
    )
    assert sorted(each is None for each in came) == [False, True]
    for door in doors:
        await door.close()


def test_no_backup_tells_what_an_author_said() -> None:
    row = {"merged_id": 1, "status": "asked", "kept_answer": "no", "merged_answer": None}
    told = as_kept("merges", row)
    assert told == as_kept("merges", {**row, "kept_answer": None, "merged_answer": "yes"})
    assert told is not None and told["status"] == "asked"
