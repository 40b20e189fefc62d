"""What was kept long enough goes, in steps; everything else stays, whatever happens how often."""

from __future__ import annotations

import pytest
from kit.centre_rows import add_centre
from kit.older_schema import as_before
from kit.wiping import eraser_of

from assembly.retention import DAY, Choice, Kept
from storage import members, people, retention
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.statements import load
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyDestroyed, KeyStore

NOW = 2_000 * DAY
MASTER = bytes(range(32))


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, MASTER)


async def fill(tx: Transaction, *statements: str) -> None:
    for statement in statements:
        await tx.statement(statement)


async def members_of(tx: Transaction, *rows: tuple[int, str, int | None]) -> None:
    """Members 1, 2, … of centre 1 with their status and the day on which they left."""
    for number, status, left_at in rows:
        await people.meet(tx, number, "en", 0)
        await tx.statement(
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at,"
            f" left_at) VALUES ({number}, 1, {number}, 'user', 'Member {number}', '{status}', 0,"
            f" {'NULL' if left_at is None else left_at})"
        )


async def left_of(tx: Transaction, table: str, column: str = "id") -> list[int]:
    rows = await tx.statement(f"SELECT {column} AS found FROM {table} ORDER BY {column}")
    return [row["found"] for row in rows]


async def test_whoever_left_a_year_ago_is_erased_and_nobody_else(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        old, young = NOW - 365 * DAY - 1, NOW - 365 * DAY
        await members_of(tx, (1, "left", old), (2, "left", young), (3, "active", None))
        await members_of(tx, (4, "left", None))
    for number in (1, 2, 3, 4):
        await keys.create_key(number)
    async with database.transaction() as tx:
        swept = await retention.sweep(tx, keys, 1, NOW)
        assert (swept.counts, swept.more) == ({Kept.LEFT: 1}, False)
        assert await left_of(tx, "members") == [2, 3, 4]
        assert await people.find(tx, 1) is None
        # Of whom no moment was known, it runs from now on.
        assert await members.left_at(tx, 4) == NOW
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}
        assert (await retention.sweep(tx, keys, 1, NOW + 365 * DAY + 1)).counts == {Kept.LEFT: 2}
        assert await left_of(tx, "members") == [3]


async def test_in_steps_so_that_nobody_waits(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await members_of(tx, *((number, "left", number) for number in range(1, 6)))
        found = [await retention.sweep(tx, keys, 1, NOW) for _ in range(3)]
    assert [(each.counts, each.more) for each in found] == [
        ({Kept.LEFT: 3}, True),
        ({Kept.LEFT: 2}, False),
        ({}, False),
    ]


async def test_many_rows_of_a_kind_take_many_steps(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST", 2)
    async with database.transaction() as tx:
        await add_centre(tx)
        await fill(
            tx,
            *(
                "INSERT INTO invitations (token_hash, centre_id, facilitator, uses_left,"
                f" expires_at, created_at) VALUES ('{number}', 1, 0, 1, {number}, 0)"
                for number in range(5)
            ),
        )
        found = [await retention.sweep(tx, keys, 1, NOW) for _ in range(3)]
    assert [each.counts[Kept.INVITATIONS] for each in found] == [2, 2, 1]
    assert [each.more for each in found] == [True, True, False]


async def test_answers_go_with_their_round_a_member_s_own_period_before(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await members_of(tx, (1, "active", None), (2, "active", None), (3, "active", None))
        await retention.keep_answers(tx, 2, 90)
        await retention.keep_answers(tx, 3, 3_650)  # longer than the centre: that holds
        number = 0
        for member in (1, 2, 3):
            for age in (89, 91, 729, 731):
                number += 1
                at = NOW - age * DAY
                await tx.statement(
                    "INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at, closed)"
                    f" VALUES ({number}, {member}, 'weekly', {at - 1}, {at}, 1)"
                )
        await fill(
            tx,
            "INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at, closed)"
            " VALUES (99, 1, 'weekly', 0, 5, 0)",
            "INSERT INTO messages (ref, chat_id, message_id) VALUES ('round:4', 1, 1),"
            " ('round:4:again', 1, 2), ('round:1', 1, 3)",
        )
        sealed = [(each, "week", bytes(9)) for each in (1, 4)]
        await tx.insert("answers", ("round_id", "question", "sealed"), sealed)
        swept = await retention.sweep(tx, keys, 1, NOW)
        assert swept.counts == {Kept.ANSWERS: 5}
        assert await left_of(tx, "rounds") == [1, 2, 3, 5, 9, 10, 11, 99]
        assert set(await left_of(tx, "answers", "round_id")) == {1}
        assert await left_of(tx, "messages", "message_id") == [3]
        assert await retention.own_days(tx, 2) == 90
        await retention.keep_answers(tx, 2, None)
        assert await retention.own_days(tx, 2) is None


ROWS = {
    Kept.INVITATIONS: (
        "INSERT INTO invitations (token_hash, centre_id, facilitator, uses_left, expires_at,"
        " created_at) VALUES ('{name}aaaaaaaaaaaaaaaaaaaa', {centre}, 0, 1, {at}, 0)",
        "INSERT INTO messages (ref, chat_id, message_id)"
        " VALUES ('invitation:{name}aaaaaaaaaaaaaa:7', 7, 1)",
    ),
    Kept.REQUESTS: (
        "INSERT INTO join_requests (id, centre_id, telegram_id, role, name, asked_at)"
        " VALUES ({number}, {centre}, {number}, 'user', 'Nina', {at})",
        "INSERT INTO messages (ref, chat_id, message_id) VALUES ('request:{number}:7', 7, 1)",
    ),
    Kept.TASKS: (
        "INSERT INTO tasks (id, centre_id, what, made_at, done_at)"
        " VALUES ({number}, {centre}, 'Water the plants', 0, {at})",
        "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)"
        " VALUES (7{number}, {centre}, 7{number}, 'user', 'Nina', 'active', 0)",
        "INSERT INTO task_takers (task_id, member_id, told_at) VALUES ({number}, 7{number}, 0)",
    ),
    Kept.AUDIT: (
        "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
        " opened_at, status) VALUES ({number}, {centre}, 'Shall we?', 0, 1, 0, 'closed')",
        "INSERT INTO audit (id, centre_id, decision_id, at, action)"
        " VALUES ({number}, {centre}, {number}, {at}, 'put')",
    ),
    Kept.DRAFTS: (
        "INSERT INTO drafts (telegram_id, centre_id, kind, step, updated_at)"
        " VALUES ({number}, {centre}, 'propose', 'title', {at})",
    ),
    Kept.MESSAGES: (
        "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
        " opened_at, closed_at, status)"
        " VALUES ({number}, {centre}, 'Shall we?', 0, 1, 0, {at}, 'closed')",
        "INSERT INTO messages (ref, chat_id, message_id) VALUES ('decision:{number}:group', 7, 1)",
    ),
}
TABLES = {
    Kept.INVITATIONS: "invitations",
    Kept.REQUESTS: "join_requests",
    Kept.TASKS: "task_takers",
    Kept.AUDIT: "audit",
    Kept.DRAFTS: "drafts",
    Kept.MESSAGES: "messages",
}


@pytest.mark.parametrize("kept", ROWS)
async def test_each_goes_on_its_day_and_only_in_its_centre(
    database: Database, keys: KeyStore, kept: Kept
) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await add_centre(tx, centre_id=2)
        period = (await retention.periods(tx, 1, NOW))[kept]
        over, young = NOW - period * DAY - 1, NOW - period * DAY
        for number, centre, at in ((4, 1, over), (5, 1, young), (6, 2, over)):
            values = {"number": number, "name": f"a{number}", "centre": centre, "at": at}
            await fill(tx, *(row.format(**values) for row in ROWS[kept]))
        swept = await retention.sweep(tx, keys, 1, NOW)
        assert swept.counts == {kept: 1}
        assert len(await left_of(tx, TABLES[kept], "1")) == 2
        refs = await tx.statement("SELECT ref FROM messages ORDER BY ref")
        assert len(refs) in (0, 2), "with its messages"
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}
        assert (await retention.sweep(tx, keys, 2, NOW)).counts == {kept: 1}


async def test_of_an_open_question_everything_stays(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        values = {"number": 4, "centre": 1, "at": 1}
        for row in ROWS[Kept.AUDIT]:
            await tx.statement(row.format(**values).replace("'closed'", "'open'"))
        await tx.statement(
            "INSERT INTO messages (ref, chat_id, message_id) VALUES ('decision:4:group', 7, 1)"
        )
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_old_messages_are_found_without_reading_those_of_all_centres(
    database: Database,
) -> None:
    async with database.reading() as tx:
        sql = load("aiosqlite").rows["drop_old_messages"].sql
        for parameter in (":centre_id", ":before", ":most"):
            sql = sql.replace(parameter, "9")
        plan = await tx.statement("EXPLAIN QUERY PLAN " + sql)
    steps = [row["detail"] for row in plan]
    assert any(step.startswith("SEARCH s ") and "(ref>? AND ref<?)" in step for step in steps)
    assert not any(step.startswith("SCAN s") for step in steps)


async def test_messages_of_assemblies_that_are_over(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        for number, status in ((4, "closed"), (5, "convened"), (44, "cancelled")):
            await fill(
                tx,
                "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at)"
                f" VALUES ({number}, 1, 5, '{status}', 0)",
                "INSERT INTO messages (ref, chat_id, message_id)"
                f" VALUES ('assembly:{number}:week', 7, {number})",
            )
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {Kept.MESSAGES: 2}
        assert await left_of(tx, "messages", "message_id") == [5]


async def test_what_a_centre_chose_holds_for_it_after_the_notice(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await add_centre(tx, centre_id=2)
        await members_of(tx, (1, "left", NOW - 100 * DAY))
        await retention.choose(tx, 1, Kept.LEFT, Choice(30, 365, NOW))
        await retention.choose(tx, 1, Kept.LEFT, Choice(90, 365, NOW + 7))
        assert await retention.choices(tx, 1) == {Kept.LEFT: Choice(90, 365, NOW + 7)}
        assert await retention.choices(tx, 2) == {}
        assert (await retention.sweep(tx, keys, 1, NOW + 6)).counts == {}
        assert (await retention.sweep(tx, keys, 1, NOW + 7)).counts == {Kept.LEFT: 1}


async def test_counts_are_added_up_until_they_are_told(database: Database) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await retention.count(tx, 1, {Kept.LEFT: 3, Kept.ANSWERS: 200})
        await retention.count(tx, 1, {Kept.ANSWERS: 5})
        assert await retention.take_counts(tx, 1) == {Kept.LEFT: 3, Kept.ANSWERS: 205}
        assert await retention.take_counts(tx, 1) == {}


async def test_whoever_comes_back_is_not_counted_as_gone(
    database: Database, keys: KeyStore
) -> None:
    async with database.transaction() as tx:
        await add_centre(tx)
        await members_of(tx, (1, "active", None))
        assert await members.leave(tx, 1, 50)
        assert await members.left_at(tx, 1) == 50
        await members.add(tx, centre_id=1, telegram_id=1, role="user", name="Anna", now=60)
        assert await members.left_at(tx, 1) is None
        assert (await retention.sweep(tx, keys, 1, NOW)).counts == {}


async def test_the_key_of_whoever_goes_is_destroyed_afterwards(
    database: Database, keys: KeyStore
) -> None:

    async with database.transaction() as tx:
        await add_centre(tx)
        await members_of(tx, (1, "left", 1))
    await keys.create_key(1)
    async with database.transaction() as tx:
        await retention.sweep(tx, keys, 1, NOW)
    await eraser_of(database, keys).catch_up()
    with pytest.raises(KeyDestroyed):
        await keys.key(1)


async def test_a_centre_that_is_lived_in_gets_its_nights(opener) -> None:
    """Migration 0027: who had left keeps a full period from now on, and nothing else moves."""
    database = await opener(migrate=False)
    async with as_before(27, database) as tx:
        await fill(
            tx,
            "INSERT INTO centres (id, chat_id, name, language, zone, created_at)"
            " VALUES (1, -100, 'Aurora', 'en', 'Europe/Rome', 0)",
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)"
            " VALUES (1, 1, 7, 'user', 'Anna', 'left', 0), (2, 1, 8, 'user', 'Bo', 'active', 0)",
        )
    await schema.migrate(database, 2)
    async with database.transaction() as tx:
        rows = await tx.statement(
            "SELECT kind, subject_id, zone, next_at FROM schedules WHERE kind <> 'quarter'"
        )
        assert [
            tuple(row[c] for c in ("kind", "subject_id", "zone", "next_at")) for row in rows
        ] == [("retention", 1, "Europe/Rome", 0)]
        assert await members.left_at(tx, 1) is None
        assert await retention.periods(tx, 1, NOW) == await retention.periods(tx, 2, NOW)
