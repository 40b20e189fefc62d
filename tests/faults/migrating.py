"""Some of the migrations that wait, without a fault: what a killed one is compared with."""

from __future__ import annotations

from storage.engine import schema
from storage.engine.database import Subject
from storage.engine.opening import open_database

AT = 1_764_763_200


async def migrate(url: str, most: int, subject: Subject = "main") -> None:
    """So many of those that wait."""
    database = await open_database(url, subject)
    try:
        for _ in range(most):
            async with database.migrating() as tx:
                known = schema.available(schema.MIGRATIONS / database.subject)
                step, *_ = await schema.begin(tx, known)
                await schema.apply(tx, database.engine, step, AT)
    finally:
        await database.close()
