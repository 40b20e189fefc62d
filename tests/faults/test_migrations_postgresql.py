"""The process is gone before each statement of each migration of a lived-in centre on PostgreSQL.

The server undoes what was not committed: what is there afterwards is the state before that
migration or the one behind it, never between. Only the numbers that a sequence has given stay
given, as PostgreSQL says; they are given again here, so that rows can be compared.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from kit.postgres_files import catalogue, rows
from upgrades.old_centre import OldCentre

from storage.engine import schema
from storage.engine.opening import open_database
from tests.faults.migrating import AT, migrate

UPGRADES = Path(__file__).parents[1] / "upgrades"
ASKS = ("execute", "fetch", "fetchrow", "fetchval")


class Killed(BaseException):
    """No statement comes any more from this process."""


class Statements:
    """Counts what is asked of the server; instead of the last one the connection is gone."""

    def __init__(self, last: int) -> None:
        self.left = last

    def counted(self, ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def counting(connection: asyncpg.Connection[Any], *given: Any, **named: Any) -> Any:
            self.left -= 1
            if not self.left:
                connection.terminate()
                raise Killed
            return await ask(connection, *given, **named)

        return counting


async def state(url: str) -> tuple[int, Any]:
    """The newest migration that is there, and all else that is: how it is made, and its rows."""
    database = await open_database(url)
    try:
        async with database.reading() as tx:
            version = (await tx.rows("applied_migrations"))[-1]["version"]
        return version, (await catalogue(database), await rows(database))
    finally:
        await database.close()


async def give_again(url: str, quiet: str) -> None:
    """Lets each sequence go on from where it stands where nothing was killed."""
    there, here = await asyncpg.connect(quiet), await asyncpg.connect(url)
    try:
        for [name] in await there.fetch("SELECT sequencename FROM pg_sequences"):
            [(last, given)] = await there.fetch(f"SELECT last_value, is_called FROM {name}")
            await here.execute("SELECT setval($1, $2, $3)", name, last, given)
    finally:
        await there.close()
        await here.close()


async def killed_at(url: str, step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Migrates until that statement; whether there were so many."""
    database = await open_database(url)
    statements = Statements(step)
    try:
        with monkeypatch.context() as counted:
            for name in ASKS:
                ask = getattr(asyncpg.Connection, name)
                counted.setattr(asyncpg.Connection, name, statements.counted(ask))
            await schema.migrate(database, AT)
    except Killed:
        return True
    finally:
        await database.close()
    return False


@pytest.mark.parametrize(
    "begins",
    [
        *(
            pytest.param(old, marks=[pytest.mark.long, pytest.mark.timeout(1800)])
            for old in (18, 38)
        ),
        65,
    ],
)
async def test_gone_before_every_statement_of_every_migration(
    begins: int,
    tmp_path: Path,
    postgres_url: Callable[..., Awaitable[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, quiet = await postgres_url(), await postgres_url()
    centre = OldCentre.read(UPGRADES / f"{begins:04}.json.gz")
    for each, folder in ((url, tmp_path / "killed"), (quiet, tmp_path / "quiet")):
        folder.mkdir()
        await centre.put(each, folder)
    version, expected = await state(quiet)
    kills, step = 0, 1
    while await killed_at(url, step, monkeypatch):
        kills += 1
        found, _ = await state(url)
        if found > version:
            await migrate(quiet, found - version)
            version, expected = await state(quiet)
            step = 0
        await give_again(url, quiet)
        _, content = await state(url)
        assert content == expected, f"gone before statement {step} behind migration {version}"
        step += 1
    found, content = await state(url)
    await migrate(quiet, found - version)
    assert (found, content) == await state(quiet)
    assert found == schema.newest("main")
    print(f"{kills} times gone on the way from {begins} to {found}")
    assert kills > 2 * (found - begins), "each was met at its first statement and at its commit"
