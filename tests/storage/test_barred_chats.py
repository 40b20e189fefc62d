"""A chat that may not be written to is noted once, and as often as it comes back."""

from __future__ import annotations

from storage import barred_chats, outbox
from storage.engine.database import Database

NOW, GROUP = 1_000, -7


async def test_it_is_noted_once_until_it_is_let_in_again(database: Database) -> None:
    async with database.transaction() as tx:
        assert not await barred_chats.is_barred(tx, GROUP)
        assert not await barred_chats.let_in(tx, GROUP)
        assert await barred_chats.bar(tx, GROUP, NOW)
        assert not await barred_chats.bar(tx, GROUP, NOW + 1)
        assert await barred_chats.is_barred(tx, GROUP)
        assert not await barred_chats.is_barred(tx, GROUP - 1)
        assert await barred_chats.let_in(tx, GROUP)
        assert not await barred_chats.is_barred(tx, GROUP)
        assert await barred_chats.bar(tx, GROUP, NOW + 2)


async def test_what_is_written_meanwhile_changes_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await barred_chats.bar(tx, GROUP, NOW)
        await outbox.add(tx, key="a", chat_id=GROUP, payload="a", now=NOW)
        assert await barred_chats.is_barred(tx, GROUP)
        [row] = await outbox.claim_due(tx, NOW, 9)
        await outbox.settle(tx, row.id, "sent", NOW)
        assert await barred_chats.is_barred(tx, GROUP)
