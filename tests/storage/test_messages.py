from __future__ import annotations

from storage import messages
from storage.engine.database import Database
from storage.messages import Place


async def test_a_message_is_remembered_where_it_lives_now(database: Database) -> None:
    async with database.transaction() as tx:
        assert await messages.find(tx, "decision:12:group") is None
        await messages.remember(tx, "decision:12:group", -7, 40)
        await messages.remember(tx, "decision:12:group", -7, 41)
        assert await messages.find(tx, "decision:12:group") == Place(-7, 41)
        assert await messages.forget(tx, "decision:12:group")
        assert not await messages.forget(tx, "decision:12:group")


async def test_a_chat_s_messages_are_forgotten_together(database: Database) -> None:
    async with database.transaction() as tx:
        await messages.remember(tx, "a", -7, 1)
        await messages.remember(tx, "b", -7, 2)
        await messages.remember(tx, "c", -8, 3)
        assert await messages.forget_chat(tx, -7) == 2
        assert await messages.find(tx, "a") is None
        assert await messages.find(tx, "c") == Place(-8, 3)
