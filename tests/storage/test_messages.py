from __future__ import annotations

from kit.centre_rows import add_centre

from storage import members, messages, people
from storage.engine.database import Database
from storage.messages import Named, Place


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


async def test_messages_under_a_name_are_those_of_who_takes_part_now(database: Database) -> None:
    async with database.transaction() as tx:
        for number, language in ((1, "it"), (2, "de"), (3, "en")):
            await people.meet(tx, number, language, 1)
        await add_centre(tx, 3)
        await members.leave(tx, 3, 5)
        for ref, chat in (("card:a:12:1", 1), ("card:a:12:2", 2), ("card:a:12:3", 3)):
            await messages.remember(tx, ref, chat, 40)
        await messages.remember(tx, "card:a:123:1", 1, 41)
        found = await messages.under(tx, "card:a:12:", 1)
        assert found == [Named("card:a:12:1", 1, 40, "it"), Named("card:a:12:2", 2, 40, "de")]
        assert await messages.under(tx, "card:a:12:", 2) == []
