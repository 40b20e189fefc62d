"""What is open before a migration that can't take it along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from kit.older_schema import as_before

from storage import upgrades
from storage.engine import schema
from storage.engine.database import Database
from storage.upgrades import CANCELLING, OpenQuestion

KNOWN = schema.available(schema.MIGRATIONS / "main")
ROWS = (
    "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
    "VALUES (1, -100, 'Aurora', 'de', 'Europe/Vienna', 0)",
    *(
        "INSERT INTO decisions (id, centre_id, question, quorum_numerator, quorum_denominator,"
        f" opened_at, closes_at, status) VALUES ({number}, 1, 'Open?', 1, 3, 100, {closes_at},"
        f" '{status}')"
        for number, closes_at, status in (
            (1, "900", "open"),
            (2, "NULL", "open"),
            (3, "800", "void"),
        )
    ),
)


async def at(database: Database, version: int, *rows: str) -> Database:
    async with as_before(version + 1, database) as tx:
        for row in rows:
            await tx.statement(row)
    return database


@pytest.mark.parametrize("version", [max(CANCELLING) - 1, 5])
async def test_what_is_open_before_it(
    opener: Callable[..., Awaitable[Database]], version: int
) -> None:
    database = await at(await opener(migrate=False), version, *ROWS)
    assert await upgrades.at_stake(database) == [OpenQuestion(1, 900), OpenQuestion(2, None)]
    async with database.migrating() as tx:
        assert await upgrades.migrate(tx, database.engine, 2) == len(KNOWN) - version
    assert await schema.pending(database) == []
    assert await upgrades.at_stake(database) == []


async def test_what_is_open_after_it_is_carried_along(
    opener: Callable[..., Awaitable[Database]],
) -> None:
    database = await at(await opener(migrate=False), max(CANCELLING), *ROWS)
    assert await schema.pending(database)
    assert await upgrades.at_stake(database) == []


@pytest.mark.parametrize("version", [0, 4])
async def test_before_there_were_questions(
    opener: Callable[..., Awaitable[Database]], version: int
) -> None:
    database = await at(await opener(migrate=False), version)
    assert await upgrades.at_stake(database) == []
