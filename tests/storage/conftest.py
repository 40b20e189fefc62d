"""Both engines for every storage test: a fresh file, or a fresh database of the test server."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from kit.migrated_files import put_file

from storage.engine import schema
from storage.engine.database import Database, Subject
from storage.engine.opening import open_database

Opener = Callable[..., Awaitable[Database]]

_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a database runs once on each engine."""
    return str(request.param)


@pytest.fixture
def fresh_url(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[..., Awaitable[str]]:
    """Addresses of new databases: fresh_url() holds nothing, fresh_url("main") may be migrated."""
    if engine == "postgresql":
        make: Callable[..., Awaitable[str]] = request.getfixturevalue("postgres_url")
        return make

    async def make_file(subject: Subject | None = None) -> str:
        file = tmp_path / f"test{next(_numbers)}.db"
        if subject is not None:
            await put_file(file, subject)
        return f"sqlite:///{file}"

    return make_file


@pytest.fixture
async def opener(fresh_url: Callable[..., Awaitable[str]]) -> AsyncIterator[Opener]:
    """Opens databases that are closed at the end: opener(subject, url=None, migrate=True)."""
    opened: list[Database] = []

    async def no_pause(seconds: float) -> None:
        assert seconds > 0

    async def open_one(
        subject: Subject = "main", url: str | None = None, migrate: bool = True
    ) -> Database:
        address = url or await fresh_url(subject if migrate else None)
        database = await open_database(address, subject, sleep=no_pause)
        opened.append(database)
        if migrate:
            await schema.migrate(database, 1_000)
        return database

    yield open_one
    for database in reversed(opened):
        await database.close()


@pytest.fixture
async def database(opener: Opener) -> Database:
    """A migrated main database."""
    return await opener()


@pytest.fixture
async def keys_database(opener: Opener) -> Database:
    """A migrated key store."""
    return await opener("keys")
