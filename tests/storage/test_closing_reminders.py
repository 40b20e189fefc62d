from __future__ import annotations

import pytest
from kit.centre_rows import add_centre, add_member

from storage import closing_reminders, outbox, people
from storage.closing_reminders import Reached
from storage.engine.database import Database
from storage.engine.transaction import Transaction

KEY, OTHER_KEY = bytes(32), bytes(range(32))


@pytest.fixture
async def centre(database: Database) -> Database:
    """Decision 40 with the members 1 to 5; 6 joined later, and 7 is of another centre."""
    async with database.transaction() as tx:
        await add_centre(tx, 6, telegram=100)
        await add_centre(tx, centre_id=2)
        await add_member(tx, 7, centre_id=2, telegram_id=107)
        await tx.statement(
            "INSERT INTO decisions (id, centre_id, question, quorum_numerator, "
            "quorum_denominator, opened_at) VALUES (40, 1, 'Shall we?', 1, 3, 0)"
        )
        for member_id in range(1, 8):
            await people.meet(tx, 100 + member_id, "de", 0)
        await tx.insert("electors", ("decision_id", "member_id"), [(40, n) for n in range(1, 6)])
    return database


async def post(tx: Transaction, key: str, chat_id: int) -> None:
    await outbox.add(tx, key=key, chat_id=chat_id, payload="{}", now=1, centre_id=1)


async def keys_left(tx: Transaction) -> list[str]:
    return [row["key"] for row in await tx.statement("SELECT key FROM outbox ORDER BY key")]


async def test_all_of_the_electorate_are_reached_who_can_and_want_to_be(centre: Database) -> None:
    async with centre.transaction() as tx:
        everybody = await closing_reminders.reached(tx, 40)
        assert everybody == [Reached(number, 100 + number, "de") for number in range(1, 6)]
        await tx.statement("UPDATE members SET status = 'left' WHERE id = 1")
        await tx.statement("UPDATE people SET writable = 0 WHERE telegram_id = 102")
        await closing_reminders.wish(tx, 3, wanted=False)
        assert [each.member_id for each in await closing_reminders.reached(tx, 40)] == [4, 5]
        for number in (1, 2, 3, 6, 7):
            assert await closing_reminders.still(tx, 1, 40, 100 + number) is None
        assert await closing_reminders.still(tx, 1, 40, 104) == 4
        assert await closing_reminders.still(tx, 2, 40, 104) is None
        await tx.statement("UPDATE decisions SET status = 'closed'")
        assert await closing_reminders.still(tx, 1, 40, 104) is None


async def test_whoever_says_nothing_wants_them(centre: Database) -> None:
    async with centre.transaction() as tx:
        assert await closing_reminders.wishes(tx, 1)
        for wanted in (False, False, True, True):
            await closing_reminders.wish(tx, 1, wanted)
            assert await closing_reminders.wishes(tx, 1) is wanted


def test_a_key_says_who_it_is_for_only_to_who_has_the_ballots_key() -> None:
    names = {closing_reminders.key(KEY, 40, number) for number in range(1, 100)}
    assert len(names) == 99
    assert len({len(name) for name in names}) == 1
    assert closing_reminders.key(OTHER_KEY, 40, 1) not in names
    assert {name.rpartition(":")[0] for name in names} == {"closing:40"}


async def test_at_closing_what_was_sent_and_what_waits_is_deleted(centre: Database) -> None:
    async with centre.transaction() as tx:
        for number in (1, 2):
            await post(tx, closing_reminders.key(KEY, 40, number), 100 + number)
        [first] = await outbox.claim_due(tx, 2, 1)
        await outbox.settle(tx, first.id, "sent", 2)
        await post(tx, closing_reminders.key(KEY, 4, 3), 103)
        await post(tx, "decision:40:outcome", -100)
        await closing_reminders.forget(tx, 40)
        left = await keys_left(tx)
        assert left == [closing_reminders.key(KEY, 4, 3), "decision:40:outcome"]
        assert sorted(row.chat_id for row in await outbox.claim_due(tx, 3, 10)) == [-100, 103]
