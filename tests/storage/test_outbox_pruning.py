from __future__ import annotations

from storage import outbox, outbox_chats
from storage.engine.database import Database


async def test_what_was_settled_long_ago_is_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        for chat_id, key in enumerate(("old", "recent", "waiting"), start=1):
            await outbox.add(tx, key=key, chat_id=chat_id, payload="x", now=10)
        claimed = {row.key: row.id for row in await outbox.claim_due(tx, 10, 10)}
        await outbox.settle(tx, claimed["old"], "sent", 20)
        await outbox.settle(tx, claimed["recent"], "uncertain", 30)
        await outbox.postpone(tx, claimed["waiting"], 40)
        assert await outbox.prune(tx, 30) == 1
        assert await outbox.add(tx, key="old", chat_id=1, payload="x", now=50)
        assert not await outbox.add(tx, key="recent", chat_id=2, payload="x", now=50)
        assert not await outbox.add(tx, key="waiting", chat_id=3, payload="x", now=50)


async def test_what_a_blocked_chat_never_read_is_forgotten_too(database: Database) -> None:
    async with database.transaction() as tx:
        for key in ("tried", "behind it"):
            await outbox.add(tx, key=key, chat_id=1, payload="x", now=10)
        [tried] = await outbox.claim_due(tx, 10, 10)
        await outbox.settle(tx, tried.id, "paused", 20)
        await outbox_chats.pause_chat(tx, 1, 20)
        await outbox.replace(tx, key="behind it", chat_id=1, payload="y", now=25)
        assert await outbox.prune(tx, 20) == 0
        assert await outbox.prune(tx, 21) == 2
        assert await outbox_chats.resume_chat(tx, 1) == 0
        assert await tx.statement("SELECT payload FROM outbox") == []


async def test_what_waits_again_is_kept_however_long_it_was_held_back(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.add(tx, key="a", chat_id=1, payload="x", now=10)
        await outbox_chats.pause_chat(tx, 1, 20)
        await outbox_chats.resume_chat(tx, 1)
        assert await outbox.prune(tx, 1_000) == 0
        assert [row.key for row in await outbox.claim_due(tx, 1_000, 10)] == ["a"]
