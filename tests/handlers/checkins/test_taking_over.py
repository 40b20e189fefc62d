"""Open rounds of a centre that has lived with what came before, and of a backup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kit.migrated_files import put_file
from kit.older_schema import as_before

from handlers.checkins.taking_over import take_over
from handlers.core.unit_of_work import UnitOfWork
from storage import answers, round_states, rounds
from storage.engine import catalogue, schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.round_states import RoundState
from storage.secrets.keys import KeyStore

OLD = """
INSERT INTO centres (id, chat_id, name, language, zone, created_at)
VALUES (1, -100, 'Aurora', 'en', 'UTC', 0);
INSERT INTO people (telegram_id, language, created_at) VALUES
(1, 'en', 0), (2, 'en', 0), (3, 'en', 0), (4, 'en', 0), (5, 'en', 0), (6, 'en', 0);
INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at) VALUES
(1, 1, 1, 'user', 'A', 'active', 0), (2, 1, 2, 'user', 'B', 'active', 0),
(3, 1, 3, 'user', 'C', 'active', 0), (4, 1, 4, 'user', 'D', 'active', 0),
(5, 1, 5, 'user', 'E', 'active', 0), (6, 1, 6, 'user', 'F', 'active', 0);
INSERT INTO rounds (id, member_id, questionnaire, sent_at, closes_at, status, reminded) VALUES
(1, 1, 'weekly', 1, 900, 'open', 0), (2, 2, 'weekly', 1, 900, 'open', 1),
(3, 3, 'weekly', 1, 900, 'snoozed', 1), (4, 4, 'weekly', 1, 900, 'done', 0),
(5, 5, 'weekly', 1, 900, 'skipped', 0), (6, 6, 'weekly', 1, 900, 'closed', 1);
INSERT INTO schedules (id, kind, subject_id, zone, next_at) VALUES
(1, 'checkin-remind', 1, 'UTC', 400), (2, 'checkin-remind', 2, 'UTC', 400),
(3, 'checkin-remind', 3, 'UTC', 400), (4, 'checkin-remind', 4, 'UTC', 400),
(5, 'checkin-remind', 5, 'UTC', 400), (6, 'checkin-again', 3, 'UTC', 300),
(7, 'checkin-again', 2, 'UTC', 300), (8, 'checkin-close', 1, 'UTC', 900);
INSERT INTO occurrences (schedule_id, occurrence_at, status, at) VALUES
(8, 100, 'claimed', 100), (99, 100, 'claimed', 100);
INSERT INTO messages (ref, chat_id, message_id) VALUES
('round:1', 1, 11), ('round:2', 2, 12), ('round:2:again', 2, 22), ('round:6', 6, 16),
('decision:1:group', -100, 9);
INSERT INTO outbox (key, chat_id, not_before, repeatable, status, created_at) VALUES
('round:1', 1, 1, 0, 'sent', 1), ('checkin-again:2:9', 2, 1, 0, 'sent', 1),
('edit:round:6', 6, 1, 0, 'dropped', 1), ('checkin-remind:2:9', 2, 1, 0, 'waiting', 1),
('decision:1:group', -100, 1, 0, 'sent', 1)
"""

GIVEN = {1: {}, 2: {"week": 0}, 3: {}, 4: {"week": 4, "connection": -1, "say": 2}, 5: {}, 6: {}}

STANDS = {
    1: RoundState({}, 400, "reminder", places=(11,)),
    2: RoundState(GIVEN[2], places=(12, 22)),
    3: RoundState({}, 300, "snoozed"),
    4: RoundState(GIVEN[4]),
    5: RoundState({}),
}


async def opened(url: str) -> Database:
    """Before migration 0034."""
    database = await open_database(url)
    async with as_before(34, database) as tx:
        for row in OLD.split(";\n"):
            await tx.statement(row)
        highest = await catalogue.highest_id(tx, database.engine)
        await catalogue.give_ids_above(tx, database.engine, highest)
    return database


@pytest.fixture
async def keys(tmp_path: Path) -> Any:
    await put_file(tmp_path / "keys.db", "keys")
    database = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    yield KeyStore(database, bytes(32))
    await database.close()


async def stands(database: Database, keys: KeyStore) -> dict[int, RoundState]:
    async with database.reading() as tx:
        return {
            held.round.id: round_states.open_up(
                await keys.key(held.round.member_id), held.round, held.sealed
            )
            for held in await round_states.after(tx, 0, 100)
        }


async def test_open_rounds_go_on_as_they_stood(
    make_url: Callable[[], Awaitable[str]],
    keys: KeyStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    database = await opened(await make_url())
    try:
        for member_id, given in GIVEN.items():
            key = await keys.create_key(member_id)
            async with database.transaction() as tx:
                await answers.keep(tx, key, member_id, given)
        await schema.migrate(database, 2)
        services: Any = SimpleNamespace(keys=keys)
        for number in (5, 0):  # a start after that finds nothing to do
            async with database.transaction() as tx:
                assert await take_over(UnitOfWork(tx, 200, services)) == number
        assert await stands(database, keys) == STANDS
        async with database.reading() as tx:
            assert await answers.read(tx, await keys.key(6), 6) == {}
            closed = await rounds.get(tx, 6)
            left = {
                "answers": await tx.statement("SELECT DISTINCT round_id AS x FROM answers"),
                "schedules": await tx.statement(
                    "SELECT id AS x FROM schedules WHERE kind <> 'quarter'"
                ),
                "occurrences": await tx.statement("SELECT schedule_id AS x FROM occurrences"),
                "messages": await tx.statement("SELECT ref AS x FROM messages"),
                "outbox": await tx.statement("SELECT key AS x FROM outbox ORDER BY key"),
            }
        assert closed is not None and closed.closed
        assert {name: [row["x"] for row in rows] for name, rows in left.items()} == {
            "answers": [6],
            "schedules": [8],
            "occurrences": [8],
            "messages": ["decision:1:group"],
            "outbox": ["checkin-remind:2:9", "decision:1:group"],
        }
    finally:
        await database.close()


async def test_what_nobody_can_read_begins_anew_or_waits_for_its_key(
    keys: KeyStore, tmp_path: Path
) -> None:
    database = await opened(f"sqlite:///{tmp_path / 'old.db'}")
    try:
        async with database.transaction() as tx:
            await answers.keep(tx, b"x" * 32, 2, {"week": 1})
        for member_id in (1, 2):
            await keys.create_key(member_id)
        await schema.migrate(database, 2)
        services: Any = SimpleNamespace(keys=keys)
        async with database.transaction() as tx:
            await take_over(UnitOfWork(tx, 200, services))
        found = await stands(database, keys)
        assert {number: state.given for number, state in found.items()} == {1: {}, 2: {}}
    finally:
        await database.close()
