"""Questions that are open while the database is brought up to date: carried along, or cancelled.

A migration takes their ballots along. One that can't is named here, cancels what is open and gives
the reason; then nothing is migrated before somebody has said that this may be.
"""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine import catalogue, schema
from storage.engine.database import Database
from storage.engine.transaction import Transaction

# 11 sealed the ballots, which were in plain before. The dumps of tests/upgrades/ find another one.
CANCELLING = frozenset({11})


@immutable
class OpenQuestion:
    """A decision that would be cancelled; `closes_at` in UTC epoch seconds, if it has a moment."""

    id: int
    closes_at: int | None


async def at_stake(database: Database) -> list[OpenQuestion]:
    """What is open and could not be taken along by what is pending, in whatever version."""
    if not CANCELLING.intersection(await schema.pending(database)):
        return []
    async with database.reading() as tx:
        if "decisions" not in await catalogue.tables(tx, database.engine):
            return []
        rows = await tx.rows("questions_at_stake")
    return [OpenQuestion(row["id"], row["closes_at"]) for row in rows]


async def migrate(tx: Transaction, engine: str, now: int) -> int:
    """All that is pending in the main database, in one transaction; how many migrations."""
    waiting = await schema.begin(tx, schema.available(schema.MIGRATIONS / "main"))
    for step in waiting:
        await schema.apply(tx, engine, step, now)
    return len(waiting)
