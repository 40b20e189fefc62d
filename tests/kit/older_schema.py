"""A main database as it was before one of its migrations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.engine import schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction


@asynccontextmanager
async def as_before(number: int, database: Database) -> AsyncIterator[Transaction]:
    """An empty database gets all migrations before this one, and then what is written in here."""
    known = schema.available(schema.MIGRATIONS / "main")
    async with database.migrating() as tx:
        await schema.begin(tx, known)
        for step in known[: number - 1]:
            await schema.apply(tx, database.engine, step, 1)
        yield tx
