from __future__ import annotations

import pytest
from kit.centre_rows import add_centre

from storage import centre_moves, centres, facilitators, messages, outbox, outbox_chats
from storage.centre_moves import Move
from storage.engine.database import Database
from storage.engine.errors import Conflict
from storage.engine.transaction import Transaction

NOW = 1_000_000
WEEK = 7 * 86_400


async def with_two_on_duty(tx: Transaction) -> None:
    await add_centre(tx, 3)
    for member_id in (1, 2):
        await facilitators.add(tx, member_id, NOW, NOW + 10 * WEEK)


async def test_it_is_begun_once_and_confirmed_once_by_another(database: Database) -> None:
    async with database.transaction() as tx:
        await with_two_on_duty(tx)
        assert await centre_moves.find(tx, 1, NOW) is None
        assert await centre_moves.begin(tx, 1, 1, NOW)
        assert not await centre_moves.begin(tx, 1, 2, NOW + 1)
        move = await centre_moves.find(tx, 1, NOW)
        assert move == Move(1, 1, NOW, None)
        assert await centre_moves.confirmed(tx, NOW) == []
        assert not await centre_moves.confirm(tx, move, 1), "never one's own"
        assert await centre_moves.confirm(tx, move, 2)
        assert not await centre_moves.confirm(tx, move, 3)
        assert await centre_moves.confirmed(tx, NOW) == [Move(1, 1, NOW, 2)]
        assert not await centre_moves.end(tx, 1, NOW - 1)
        assert await centre_moves.end(tx, 1, NOW)
        assert not await centre_moves.end(tx, 1, NOW)


async def test_after_a_week_it_counts_as_none(database: Database) -> None:
    async with database.transaction() as tx:
        await with_two_on_duty(tx)
        await centre_moves.begin(tx, 1, 1, NOW)
        await centre_moves.confirm(tx, Move(1, 1, NOW, None), 2)
        assert await centre_moves.confirmed(tx, NOW + WEEK - 1) != []
        assert await centre_moves.confirmed(tx, NOW + WEEK) == []
        assert await centre_moves.find(tx, 1, NOW + WEEK) is None
        assert await centre_moves.begin(tx, 1, 2, NOW + WEEK)
        assert await centre_moves.find(tx, 1, NOW + WEEK) == Move(1, 2, NOW + WEEK, None)


@pytest.mark.parametrize("who", [1, 2])
async def test_it_needs_both_on_duty_to_the_end(database: Database, who: int) -> None:
    async with database.transaction() as tx:
        await with_two_on_duty(tx)
        await centre_moves.begin(tx, 1, 1, NOW)
        await centre_moves.confirm(tx, Move(1, 1, NOW, None), 2)
        await facilitators.add(tx, who, NOW, NOW + 5)
        assert await centre_moves.confirmed(tx, NOW + 4) != []
        assert await centre_moves.confirmed(tx, NOW + 5) == []
        await facilitators.end(tx, who)
        assert await centre_moves.confirmed(tx, NOW) == []


async def test_what_waits_goes_along_and_what_ends_old_posts_stays(database: Database) -> None:
    async with database.transaction() as tx:
        await with_two_on_duty(tx)
        centre = await centres.get(tx, 1)
        for key in ("waits", "paused"):
            await outbox.add(tx, key=key, chat_id=centre.chat_id, payload="{}", now=NOW)
            await outbox_chats.pause_chat(tx, centre.chat_id, NOW)
        await messages.remember(tx, "decision:1:group", centre.chat_id, 7)
        await outbox.add(tx, key="edit:bare:-100:6", chat_id=centre.chat_id, payload="{}", now=NOW)
        assert not await outbox_chats.sends_to(tx, centre.chat_id)
        await centre_moves.carry_out(tx, centre, -900, 5)
        moved = await centres.get(tx, 1)
        assert moved.chat_id == -900 and await centres.topic_of(tx, -900) == 5
        assert await messages.find(tx, "decision:1:group") is None
        stays, first = sorted(await outbox.claim_due(tx, NOW, 10), key=lambda row: -row.chat_id)
        assert (first.key, first.chat_id) == ("waits", -900)
        assert (stays.key, stays.chat_id) == ("edit:bare:-100:6", centre.chat_id)
        assert await outbox_chats.sends_to(tx, -900)
        await outbox.settle(tx, first.id, "sent", NOW)
        assert [each.key for each in await outbox.claim_due(tx, NOW, 10)] == ["paused"]


async def test_a_group_of_another_centre_is_none_to_move_to(database: Database) -> None:
    async with database.transaction() as tx:
        await with_two_on_duty(tx)
        await add_centre(tx, centre_id=2)
        centre = await centres.get(tx, 1)
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await centre_moves.carry_out(tx, centre, -200, None)
