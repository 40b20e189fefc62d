"""What stands under a proposal, on both engines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from kit.centre_rows import add_centre, add_member

from assembly.harm import Harm
from storage import comments, members, proposal_audit, proposals
from storage.comments import Comment
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.proposal_audit import Deed

ANNA, BRUNO, FIONA, STRANGER = 11, 12, 13, 14


async def build(tx: Transaction) -> int:
    """A proposal of Anna's in centre 1; the stranger is in centre 2."""
    for centre_id in (1, 2):
        await add_centre(tx, centre_id=centre_id)
    for member_id in (ANNA, BRUNO, FIONA):
        await add_member(tx, member_id, name=f"M{member_id}")
    await add_member(tx, STRANGER, centre_id=2)
    return await proposals.add(
        tx, centre_id=1, author_id=ANNA, title="A quiet room", reason=None, named=True, now=100
    )


async def add(
    tx: Transaction, proposal_id: int, member_id: int = BRUNO, *, named: bool = True
) -> int | None:
    return await comments.add(
        tx,
        centre_id=1,
        proposal_id=proposal_id,
        member_id=member_id,
        text="Where is it?",
        named=named,
        now=200,
    )


async def get(tx: Transaction, comment_id: int) -> Comment:
    found = await comments.get(tx, 1, comment_id)
    assert found is not None
    return found


async def test_a_comment_is_read_back_as_it_was_written(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        comment_id = await add(tx, proposal_id) or 0
        expected = Comment(
            id=comment_id,
            proposal_id=proposal_id,
            centre_id=1,
            author_id=BRUNO,
            author_name="M12",
            text="Where is it?",
            named=True,
            written_at=200,
            answer=None,
            hidden=None,
            proposal_author_id=ANNA,
            is_open=True,
        )
        assert await comments.of_proposal(tx, 1, proposal_id) == [expected]
        assert await comments.get(tx, 2, comment_id) is None
        assert await comments.of_proposal(tx, 2, proposal_id) == []
        nameless = await add(tx, proposal_id, FIONA, named=False) or 0
        assert (await get(tx, nameless)).author_name is None
        await members.leave(tx, BRUNO, 300)
        assert (await get(tx, comment_id)).author_name is None


async def test_three_each_and_only_members_while_it_is_open(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        written = [await add(tx, proposal_id) for _ in range(4)]
        assert [each is None for each in written] == [False, False, False, True]
        assert await comments.written_by(tx, proposal_id, BRUNO) == 3
        assert await add(tx, proposal_id, STRANGER) is None
        await members.restrict(tx, FIONA, 300)
        assert await add(tx, proposal_id, FIONA) is None, "kept, and not used"
        assert await comments.take_back(tx, written[0] or 0, BRUNO)
        assert await add(tx, proposal_id) is not None
        assert await proposals.withdraw(tx, 1, proposal_id, ANNA)
        assert await comments.of_proposal(tx, 1, proposal_id) == []
        assert await add(tx, proposal_id) is None


async def test_its_author_answers_and_nobody_else(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        comment_id = await add(tx, proposal_id) or 0
        own = await add(tx, proposal_id, ANNA) or 0
        assert await comments.unanswered(tx, proposal_id) == 1, "not one's own"
        for member_id in (BRUNO, FIONA, STRANGER):
            assert not await comments.answer(tx, comment_id, member_id, "Here.")
        assert await comments.answer(tx, comment_id, ANNA, "Upstairs.")
        assert await comments.unanswered(tx, proposal_id) == 0
        assert (await get(tx, comment_id)).answer == "Upstairs."
        assert not await comments.take_back(tx, comment_id, ANNA)
        assert await comments.take_back(tx, own, ANNA)


async def test_hidden_and_shown_again_once_each(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        comment_id = await add(tx, proposal_id) or 0
        assert await comments.hide(tx, comment_id, Harm.NAMES)
        assert not await comments.hide(tx, comment_id, Harm.HURTS)
        assert (await get(tx, comment_id)).hidden is Harm.NAMES
        assert await comments.count(tx, proposal_id) == 0
        assert await comments.unanswered(tx, proposal_id) == 0
        assert await comments.written_by(tx, proposal_id, BRUNO) == 1, "it counts as written"
        assert not await comments.answer(tx, comment_id, ANNA, "No.")
        assert await comments.show(tx, comment_id) and not await comments.show(tx, comment_id)
        assert await comments.count(tx, proposal_id) == 1


async def test_what_was_done_is_told_with_names_of_those_who_are_here(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        by = (proposal_id, FIONA)
        await proposal_audit.note(tx, *by, Deed.COMMENT_HIDDEN, 300, reason=Harm.HURTS)
        await proposal_audit.note(tx, *by, Deed.COMMENT_SHOWN, 400)
        first, second = await proposal_audit.of_proposal(tx, 1, proposal_id, 5)
        assert (first.deed, first.reason, first.name) == (Deed.COMMENT_HIDDEN, Harm.HURTS, "M13")
        assert (second.at, second.reason) == (400, None)
        assert await proposal_audit.of_proposal(tx, 2, proposal_id, 5) == []
        assert await proposal_audit.of_proposal(tx, 1, proposal_id, 1) == [second]
        await members.leave(tx, FIONA, 500)
        assert [each.name for each in await proposal_audit.of_proposal(tx, 1, proposal_id, 5)] == [
            None,
            None,
        ]


async def test_of_many_at_once_three_are_written(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    """By two processes: six presses of one member; the limit holds."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    proposal_id = await doors[0].run(build)
    tries = [doors[each % 2].run(lambda tx: add(tx, proposal_id)) for each in range(6)]
    done = await asyncio.gather(*tries)
    assert sum(each is not None for each in done) == 3
    for door in doors:
        await door.close()
