from __future__ import annotations

import pytest

from storage import outbox, outbox_changes, outbox_chats
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.outbox import Due, Outgoing

NOW = 1_000


async def put(
    database: Database, key: str, chat_id: int, not_before: int = NOW, **more: object
) -> bool:
    async with database.transaction() as tx:
        return await outbox.add(
            tx,
            key=key,
            chat_id=chat_id,
            payload=f"text of {key}",
            now=NOW,
            not_before=not_before,
            **more,  # type: ignore[arg-type]
        )


async def claim(database: Database, now: int = NOW, limit: int = 10) -> list[Outgoing]:
    async with database.transaction() as tx:
        await outbox.expire(tx, now)
        return await outbox.claim_due(tx, now, limit)


async def settle(database: Database, row: Outgoing, status: str = "sent") -> None:
    async with database.transaction() as tx:
        assert await outbox.settle(tx, row.id, status, NOW + 5)  # type: ignore[arg-type]


async def drain(database: Database, now: int = NOW, limit: int = 10) -> list[str]:
    """Sends everything that is due; the keys in the order of sending."""
    keys = []
    while rows := await claim(database, now, limit):
        for row in rows:
            keys.append(row.key)
            await settle(database, row)
    return keys


async def stored(tx: Transaction, key: str) -> tuple[str, str | None, int | None]:
    rows = await tx.statement(f"SELECT status, payload, settled_at FROM outbox WHERE key = '{key}'")
    return rows[0]["status"], rows[0]["payload"], rows[0]["settled_at"]


async def test_what_waits_for_a_morning_waits_for_another_one(database: Database) -> None:
    await put(database, "told", 7, NOW + 50, centre_id=1)
    await put(database, "later", 7, NOW + 60, centre_id=1)
    await put(database, "elsewhere", 8, NOW + 50, centre_id=2)
    async with database.transaction() as tx:
        await outbox_changes.wait_anew(tx, 1, NOW + 50, NOW + 20)
    assert await drain(database, NOW + 20) == ["told"]
    async with database.transaction() as tx:
        await outbox_changes.wait_anew(tx, 1, NOW + 60, NOW + 90)
    assert await drain(database, NOW + 89) == ["elsewhere"]
    assert await drain(database, NOW + 90) == ["later"]


async def test_a_key_is_used_once(database: Database) -> None:
    assert await put(database, "reminder", 7)
    assert not await put(database, "reminder", 7)
    assert await drain(database) == ["reminder"]
    assert not await put(database, "reminder", 7)
    assert await drain(database) == []


async def test_a_claimed_row_carries_what_was_written(database: Database) -> None:
    await put(database, "a", -7, centre_id=3, ref="r", expires_at=9_000, repeatable=True)
    [row] = await claim(database)
    assert row == Outgoing(row.id, "a", -7, 3, "r", "text of a", NOW, 9_000, True, 1)


async def test_nothing_leaves_before_its_moment(database: Database) -> None:
    await put(database, "later", 7, NOW + 100)
    assert await drain(database, NOW + 99) == []
    assert await drain(database, NOW + 100) == ["later"]


async def test_one_row_of_a_chat_is_under_way_and_order_is_kept(database: Database) -> None:
    for key in ("a", "b", "c"):
        await put(database, key, 7)
    [first] = await claim(database)
    assert await claim(database) == []  # even for another process
    await settle(database, first)
    assert [first.key, *await drain(database)] == ["a", "b", "c"]


async def test_a_row_for_later_does_not_hold_up_its_chat(database: Database) -> None:
    await put(database, "in a week", 7, NOW + 604_800)
    await put(database, "now", 7)
    assert await drain(database) == ["now"]


async def test_chats_take_turns_whatever_one_of_them_has_waiting(database: Database) -> None:
    for number in range(5):
        await put(database, f"flood{number}", 1)
    await put(database, "single", 2)
    assert [row.key for row in await claim(database, limit=2)] == ["flood0", "single"]


async def test_the_longest_waiting_comes_first(database: Database) -> None:
    for chat_id, not_before in ((1, 30), (2, 10), (3, 20)):
        await put(database, f"{chat_id}", chat_id, not_before)
    assert [row.key for row in await claim(database, limit=2)] == ["2", "3"]
    assert [row.key for row in await claim(database, limit=2)] == ["1"]


async def test_within_a_claim_the_longest_waiting_comes_first_too(database: Database) -> None:
    await put(database, "younger", 1, NOW - 10)
    await put(database, "older", 2, NOW - 20)
    assert [row.key for row in await claim(database)] == ["older", "younger"]


@pytest.mark.parametrize("status", ["sent", "failed", "uncertain", "dropped"])
async def test_the_text_is_wiped_once_it_is_settled(database: Database, status: str) -> None:
    await put(database, "a", 7)
    [row] = await claim(database)
    await settle(database, row, status)
    async with database.reading() as tx:
        assert await stored(tx, "a") == (status, None, NOW + 5)


async def test_a_group_s_text_stays_while_nobody_knows_whether_it_arrived(
    database: Database,
) -> None:
    await put(database, "a", -7, centre_id=3)
    [row] = await claim(database)
    await settle(database, row, "uncertain")
    async with database.reading() as tx:
        assert await stored(tx, "a") == ("uncertain", row.payload, NOW + 5)


async def test_a_row_is_settled_once(database: Database) -> None:
    await put(database, "a", 7)
    [row] = await claim(database)
    await settle(database, row)
    async with database.transaction() as tx:
        assert not await outbox.settle(tx, row.id, "failed", NOW)
        assert await stored(tx, "a") == ("sent", None, NOW + 5)


async def test_postponing_holds_the_chat_and_keeps_its_order(database: Database) -> None:
    for key in ("a", "b"):
        await put(database, key, 7)
    await put(database, "other", 8)
    [row, other] = await claim(database)
    await settle(database, other)
    async with database.transaction() as tx:
        assert await outbox.postpone(tx, row.id, NOW + 60)
    assert await drain(database, NOW + 59) == []
    assert await drain(database, NOW + 60) == ["a", "b"]
    async with database.transaction() as tx:
        assert not await outbox.postpone(tx, row.id, NOW + 90)  # sent long ago


async def test_what_is_written_for_a_chat_that_is_held_waits_behind_what_was(
    database: Database,
) -> None:
    await put(database, "a", 7)
    [row] = await claim(database)
    async with database.transaction() as tx:
        assert await outbox.postpone(tx, row.id, NOW + 60)
    await put(database, "edit:a", 7, NOW + 6)
    assert await drain(database, NOW + 59) == []
    async with database.reading() as tx:
        assert await outbox.next_at(tx) == NOW + 60
    assert await drain(database, NOW + 60) == ["a", "edit:a"]


async def test_a_chat_that_is_released_sends_at_its_own_moments(database: Database) -> None:
    await put(database, "a", 7)
    await put(database, "later", 7, NOW + 30)
    [row] = await claim(database)
    async with database.transaction() as tx:
        assert not await outbox_chats.release_chat(tx, 7)
        assert await outbox.postpone(tx, row.id, NOW + 600)
        assert await outbox_chats.release_chat(tx, 7)
        assert not await outbox_chats.release_chat(tx, 7)
    assert await drain(database, NOW) == ["a"]
    assert await drain(database, NOW + 30) == ["later"]


async def test_what_waits_is_counted_and_edits_are_not(database: Database) -> None:
    for key in ("a", "b", "edit:a"):
        await put(database, key, -7)
    await put(database, "later", -7, NOW + 1)
    await put(database, "elsewhere", -8)
    async with database.reading() as tx:
        assert await outbox_chats.waiting(tx, -7, NOW) == 2
        assert await outbox_chats.waiting(tx, -9, NOW) == 0


@pytest.mark.parametrize(
    ("status", "changes"),
    [("waiting", True), ("paused", True), ("uncertain", True), ("sent", False), ("failed", False)],
)
async def test_what_is_not_there_yet_can_say_something_else(
    database: Database, status: str, changes: bool
) -> None:
    await put(database, "a", -7, centre_id=3, ref="r")
    await put(database, "edit:r", -7, NOW + 6, ref="r")
    if status != "waiting":
        [row] = await claim(database)
        await settle(database, row, status)
    async with database.transaction() as tx:
        assert await outbox_changes.reword_post(tx, "r", "new") == changes
        rows = await tx.statement("SELECT key, payload FROM outbox WHERE payload IS NOT NULL")
    texts = {row["key"]: row["payload"] for row in rows}
    assert texts["edit:r"] == "text of edit:r"
    assert texts.get("a") == ("new" if changes else None)


async def test_postponing_brings_nothing_forward(database: Database) -> None:
    await put(database, "in a week", 7, NOW + 604_800)
    await put(database, "a", 7)
    [row] = await claim(database)
    async with database.transaction() as tx:
        await outbox.postpone(tx, row.id, NOW + 60)
    assert await drain(database, NOW + 600) == ["a"]


async def test_an_expired_row_is_dropped_unsent(database: Database) -> None:
    await put(database, "a", 7, expires_at=NOW + 10)
    await put(database, "b", 7)
    assert await drain(database, NOW + 10) == ["b"]
    async with database.reading() as tx:
        assert await stored(tx, "a") == ("dropped", None, NOW + 10)


async def test_after_a_crash_only_the_repeatable_is_repeated(database: Database) -> None:
    await put(database, "reminder", 7)
    await put(database, "edit", 8, repeatable=True)
    await put(database, "not yet", 9)
    claimed = await claim(database)
    over = NOW + outbox.LEASE
    async with database.transaction() as tx:
        for row in claimed:
            if row.key != "not yet":
                assert await outbox.leaves(tx, row)
        assert [row.key for row in await outbox.recover(tx, over)] == ["reminder"]
    assert await drain(database) == ["edit", "not yet"]
    async with database.transaction() as tx:
        rows = await tx.statement("SELECT key, payload FROM outbox WHERE status = 'uncertain'")
        assert [(row["key"], row["payload"]) for row in rows] == [("reminder", None)]
        assert await outbox.recover(tx, over) == []


async def test_a_state_replaced_while_a_sending_died_is_sent_and_nobody_told(
    database: Database,
) -> None:
    async def state(payload: str) -> None:
        async with database.transaction() as tx:
            await outbox.replace(tx, key="e", chat_id=7, payload=payload, now=NOW, repeatable=False)

    await state("one")
    assert len(await claim(database)) == 1
    await state("two")
    async with database.transaction() as tx:
        assert await outbox.recover(tx, NOW + outbox.LEASE) == []
    [row] = await claim(database, NOW + outbox.LEASE)
    assert row.payload == "two"


@pytest.mark.parametrize("repeatable", [False, True])
async def test_what_somebody_is_sending_is_theirs_until_the_lease_ends(
    database: Database, repeatable: bool
) -> None:
    await put(database, "a", 7, repeatable=repeatable)
    [row] = await claim(database)
    async with database.transaction() as tx:
        assert await outbox.recover(tx, NOW + outbox.LEASE - 1) == []
    assert await claim(database, NOW + outbox.LEASE - 1) == []
    await settle(database, row)  # by whoever sends it
    async with database.transaction() as tx:
        assert await outbox.recover(tx, NOW + outbox.LEASE) == []
        assert await stored(tx, "a") == ("sent", None, NOW + 5)


async def test_what_takes_longer_is_held(database: Database) -> None:
    await put(database, "a", 7)
    [row] = await claim(database)
    async with database.transaction() as tx:
        await outbox.hold(tx, row.id, NOW + 30)
        assert await outbox.recover(tx, NOW + outbox.LEASE) == []
        assert await outbox.leaves(tx, row)
        [lost] = await outbox.recover(tx, NOW + 30 + outbox.LEASE)
    assert lost.key == "a"


async def test_what_was_given_up_leaves_no_more(database: Database) -> None:
    await put(database, "a", 7)
    [row] = await claim(database)
    async with database.transaction() as tx:
        assert await outbox.recover(tx, NOW + outbox.LEASE) == []
        assert not await outbox.leaves(tx, row)
    [again] = await claim(database, NOW + outbox.LEASE)
    async with database.transaction() as tx:
        assert not await outbox.leaves(tx, row)  # it is somebody else's
        assert await outbox.leaves(tx, again)


async def test_each_claim_has_a_lease_of_its_own(database: Database) -> None:
    await put(database, "a", 7)
    [row] = await claim(database)
    async with database.transaction() as tx:
        await outbox.postpone(tx, row.id, NOW + 100)
    assert len(await claim(database, NOW + 100)) == 1
    async with database.transaction() as tx:
        assert await outbox.recover(tx, NOW + 99 + outbox.LEASE) == []


async def test_a_blocked_chat_waits_until_it_is_resumed(database: Database) -> None:
    for key in ("a", "b"):
        await put(database, key, 7)
    [row] = await claim(database)
    await settle(database, row, "paused")
    async with database.transaction() as tx:
        assert await outbox_chats.pause_chat(tx, 7, NOW) == 1
    assert await drain(database, NOW + 999) == []
    async with database.transaction() as tx:
        assert await outbox_chats.resume_chat(tx, 7) == 2
        assert await outbox_chats.resume_chat(tx, 7) == 0
    assert await drain(database) == ["a", "b"]


async def test_a_moved_chat_takes_its_rows_along(database: Database) -> None:
    await put(database, "a", -7)
    async with database.transaction() as tx:
        await outbox_chats.move_chat(tx, -7, -1007)
    assert [row.chat_id for row in await claim(database)] == [-1007]


async def test_ten_thousand_waiting_rows_all_leave(database: Database) -> None:
    async with database.transaction() as tx:
        values = [
            f"('k{n}', {n % 50}, 'x', {NOW + n // 50}, 0, 'waiting', {NOW})" for n in range(10_000)
        ]
        await tx.statement(
            "INSERT INTO outbox (key, chat_id, payload, not_before, repeatable, status, created_at)"
            " VALUES " + ", ".join(values)
        )
        for chat_id in range(50):
            await tx.run("turn_of_chat", chat_id=chat_id)
    for n in (0, 1):
        rows = await claim(database, NOW + 10_000, 30)
        assert len({row.chat_id for row in rows}) == len(rows) == (30, 20)[n]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_claim_reads_indexes_only(database: Database) -> None:
    """However many rows wait: the plan has no scan of a table, so a claim costs O(log n)."""
    from storage.engine.statements import load

    async with database.reading() as tx:
        sql = load("aiosqlite").rows["claim_outbox"].sql
        for parameter in (":now", ":claimed_until", ":most"):
            sql = sql.replace(parameter, "9")
        plan = await tx.statement("EXPLAIN QUERY PLAN " + sql)
    steps = [row["detail"] for row in plan]
    assert any("outbox_chats_due" in step for step in steps)
    assert [step for step in steps if step.startswith("SCAN") and "turn" not in step] == []


async def replace(database: Database, payload: str, now: int) -> None:
    async with database.transaction() as tx:
        await outbox.replace(
            tx, key="edit:1", chat_id=7, payload=payload, now=now, not_before=now + 6
        )


async def test_the_latest_state_wins_and_is_not_put_off(database: Database) -> None:
    await replace(database, "one", NOW)
    await replace(database, "two", NOW + 5)
    [row] = await claim(database, NOW + 6)
    assert row.payload == "two"


async def test_a_state_that_was_sent_is_followed_by_the_next(database: Database) -> None:
    await replace(database, "one", NOW)
    [row] = await claim(database, NOW + 6)
    await settle(database, row)
    await replace(database, "two", NOW + 10)
    assert await claim(database, NOW + 15) == []
    [row] = await claim(database, NOW + 16)
    assert (row.payload, row.attempts) == ("two", 1)


@pytest.mark.parametrize("status", ["sent", "failed", "uncertain"])
async def test_a_change_while_sending_is_sent_afterwards(database: Database, status: str) -> None:
    await replace(database, "one", NOW)
    [row] = await claim(database, NOW + 6)
    await replace(database, "two", NOW + 7)
    await settle(database, row, status)
    [row] = await claim(database, NOW + 13)
    assert (row.payload, row.attempts) == ("two", 1)
    await settle(database, row)
    assert await claim(database, NOW + 99) == []


async def test_a_paused_state_is_replaced_where_it_lies(database: Database) -> None:
    await replace(database, "one", NOW)
    async with database.transaction() as tx:
        await outbox_chats.pause_chat(tx, 7, NOW)
    await replace(database, "two", NOW + 7)
    assert await claim(database, NOW + 99) == []
    async with database.transaction() as tx:
        await outbox_chats.resume_chat(tx, 7)
    assert [row.payload for row in await claim(database, NOW + 99)] == ["two"]


async def test_the_next_message_is_the_earliest_that_waits(database: Database) -> None:
    async with database.reading() as tx:
        assert await outbox.next_at(tx) is None
    await put(database, "later", 7, NOW + 60)
    await put(database, "sooner", 8, NOW + 30)
    async with database.reading() as tx:
        assert await outbox.next_at(tx) == NOW + 30
    await drain(database, NOW + 90)
    async with database.reading() as tx:
        assert await outbox.next_at(tx) is None


async def test_where_nothing_waits_any_more_nothing_is_due(database: Database) -> None:
    await put(database, "expires", 7, expires_at=NOW + 10)
    await put(database, "moves", -8)
    async with database.transaction() as tx:
        await outbox.expire(tx, NOW + 10)
        assert await outbox.next_at(tx) == NOW
        await outbox_chats.move_chat(tx, -8, -1008)
    assert await drain(database) == ["moves"]
    await put(database, "held back", 9)
    async with database.transaction() as tx:
        assert await outbox_chats.pause_chat(tx, 9, NOW) == 1
        assert await outbox.next_at(tx) is None


async def test_what_is_being_sent_is_counted_until_it_is_settled(database: Database) -> None:
    await put(database, "one", 7)
    await put(database, "two", 8)
    rows = await claim(database)
    async with database.reading() as tx:
        assert await outbox.under_way(tx) == 2
    await settle(database, rows[0])
    await settle(database, rows[1], "failed")
    async with database.reading() as tx:
        assert await outbox.under_way(tx) == 0


async def test_what_is_due_and_could_leave_has_an_age(database: Database) -> None:
    """Nothing is late where nothing may be written for now, or for who has blocked the bot."""
    async with database.transaction() as tx:
        assert await outbox.due(tx, NOW) == Due(0, 0)
    await put(database, "late", 5, NOW - 40)
    await put(database, "held", -6, NOW - 90)
    await put(database, "blocked", 7, NOW - 80)
    await put(database, "sent", 8, NOW - 95)
    await put(database, "later", 9, NOW + 1)
    for row in await claim(database, NOW):
        if row.key == "sent":
            await settle(database, row)
        elif row.key == "held":
            async with database.transaction() as tx:
                assert await outbox.postpone(tx, row.id, NOW + 10)
        else:
            async with database.transaction() as tx:
                await tx.rows("return_to_outbox", id=row.id)
                await tx.run("turn_of_chat", chat_id=row.chat_id)
    async with database.transaction() as tx:
        await outbox_chats.pause_chat(tx, 7, NOW)
        assert await outbox.due(tx, NOW) == Due(1, 40)
        assert [await outbox.held(tx, at) for at in (NOW, NOW + 10)] == [1, 0]


async def test_what_a_chat_was_told_of_something_is_forgotten(database: Database) -> None:
    for key, chat in (("task:7:1", 1), ("task:7:2", 2), ("task:71:1", 1), ("edit:bare:1:5", 1)):
        assert await put(database, key, chat)

    async def left() -> list[str]:
        async with database.transaction() as tx:
            await outbox_changes.forget_told(tx, 1, "task:7:", "card:task:7:")
            rows = await tx.statement("SELECT key FROM outbox ORDER BY key")
        return [row["key"] for row in rows]

    waits = "edit:bare:1:5"
    assert await left() == [waits, "task:71:1", "task:7:2"], "it still has to lose its buttons"
    await become(database, waits, "sent")
    assert await left() == ["task:71:1", "task:7:2"]


async def become(database: Database, key: str, status: str) -> None:
    async with database.transaction() as tx:
        await tx.statement(f"UPDATE outbox SET status = '{status}' WHERE key = '{key}'")
