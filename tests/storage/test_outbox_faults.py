"""What an error of our own keeps from leaving waits, steps aside, and is known to others."""

from __future__ import annotations

from storage import outbox, outbox_chats, outbox_faults
from storage.engine.database import Database
from storage.engine.transaction import Transaction

NOW = 1_000
CHAT = -7


async def put(tx: Transaction, key: str, chat_id: int = CHAT, **more: object) -> None:
    await outbox.add(tx, key=key, chat_id=chat_id, payload=key, now=NOW, **more)  # type: ignore[arg-type]


async def fault(tx: Transaction, key: str, until: int, now: int = NOW) -> None:
    """It is claimed, and an error of ours keeps it."""
    [row] = [row for row in await outbox.claim_due(tx, now, 10) if row.key == key]
    assert await outbox_faults.set_aside(tx, row.id, until, "TypeError")


async def due(tx: Transaction, now: int) -> list[str]:
    """The keys of everything due in the order in which it leaves."""
    keys = []
    while rows := await outbox.claim_due(tx, now, 10):
        for row in rows:
            keys.append(row.key)
            await outbox.settle(tx, row.id, "sent", now)
    return keys


async def test_it_steps_aside_for_its_chat_and_comes_back(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, "bad")
        await put(tx, "good")
        await fault(tx, "bad", NOW + 60)
        assert await due(tx, NOW + 59) == ["good"]
        assert await due(tx, NOW + 60) == ["bad"]


async def test_what_changes_it_waits_with_it(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, "bad", ref="r")
        await put(tx, "its edit", ref="r")
        await put(tx, "another's edit", ref="s")
        await put(tx, "the same name elsewhere", chat_id=8, ref="r")
        await outbox.claim_due(tx, NOW, 10)
        await outbox_faults.set_aside(tx, 1, NOW + 60, "TypeError")
        await outbox.settle(tx, 4, "sent", NOW)
        assert await due(tx, NOW + 59) == ["another's edit"]
        assert await due(tx, NOW + 60) == ["bad", "its edit"]


async def test_each_try_is_counted_until_it_is_settled(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, "bad")
        await put(tx, "other", 8)
        for number in range(3):
            [row, *_] = await outbox.claim_due(tx, NOW + number, 1)
            assert (row.key, row.faults) == ("bad", number)
            await outbox_faults.set_aside(tx, row.id, NOW + number + 1, "TypeError")
            await tx.statement(f"UPDATE outbox SET not_before = {NOW + 9} WHERE key = 'other'")
            await tx.run("turn_of_chat", chat_id=8)
        assert await outbox_faults.kept_by(tx) == {"TypeError": 1}
        await due(tx, NOW + 9)
        assert await outbox_faults.kept_by(tx) == {}
        [stored] = await tx.statement("SELECT faults, fault FROM outbox WHERE key = 'bad'")
        assert tuple(stored) == (0, None)


async def test_it_is_counted_by_the_errors_class(database: Database) -> None:
    async with database.transaction() as tx:
        for number, name in enumerate(("KeyError", "TypeError", "KeyError")):
            await put(tx, f"{number}", number + 1)
            [row] = await outbox.claim_due(tx, NOW, 10)
            await outbox_faults.set_aside(tx, row.id, NOW + 60, name)
        assert await outbox_faults.kept_by(tx) == {"KeyError": 2, "TypeError": 1}


async def test_what_is_not_under_way_is_not_set_aside(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, "a")
        assert not await outbox_faults.set_aside(tx, 1, NOW + 60, "TypeError")
        assert await outbox_faults.kept_by(tx) == {}
        assert await due(tx, NOW) == ["a"]


async def test_a_process_that_starts_tries_everything_in_its_old_order(database: Database) -> None:
    async with database.transaction() as tx:
        await put(tx, "first")
        await put(tx, "second")
        await put(tx, "for later", not_before=NOW + 30)
        await fault(tx, "first", NOW + 300)
        await fault(tx, "second", NOW + 5)
        assert await outbox_faults.take_up(tx) == 2
        assert await outbox_faults.kept_by(tx) == {}
        assert await due(tx, NOW + 1) == ["first", "second"]
        assert await outbox_faults.take_up(tx) == 0


async def test_a_new_state_a_halt_or_the_end_forgets_the_error(database: Database) -> None:
    async with database.transaction() as tx:
        for number in (1, 2, 3):
            await outbox.replace(
                tx, key=f"{number}", chat_id=number, payload="x", now=NOW, expires_at=NOW + 500
            )
            [row] = await outbox.claim_due(tx, NOW, 10)
            await outbox_faults.set_aside(tx, row.id, NOW + 300, "TypeError")
        await outbox.replace(tx, key="1", chat_id=1, payload="y", now=NOW, expires_at=NOW + 900)
        assert await outbox_faults.kept_by(tx) == {"TypeError": 2}
        await outbox_chats.pause_chat(tx, 2, NOW)
        assert await outbox_faults.kept_by(tx) == {"TypeError": 1}
        await outbox.expire(tx, NOW + 500)
        assert await outbox_faults.kept_by(tx) == {}


async def test_a_new_state_while_it_fails_is_not_lost(database: Database) -> None:
    async with database.transaction() as tx:
        await outbox.replace(tx, key="e", chat_id=1, payload="one", now=NOW)
        [row] = await outbox.claim_due(tx, NOW, 10)
        await outbox.replace(tx, key="e", chat_id=1, payload="two", now=NOW)
        await outbox_faults.set_aside(tx, row.id, NOW + 5, "TypeError")
        [row] = await outbox.claim_due(tx, NOW + 5, 10)
        assert row.payload == "two"
