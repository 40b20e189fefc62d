"""What refers to something that can be deleted is found by an index: else all centres' are read."""

from __future__ import annotations

from pathlib import Path

from storage.engine import schema
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction

# A centre is never deleted, and these refer to nothing else without one.
FOR_GOOD = frozenset({"centres", "releases"})


async def begins(tx: Transaction, table: str) -> set[str]:
    """The columns with which an index of the table begins."""
    found = set()
    for index in await tx.statement(f"PRAGMA index_list({table})"):
        columns = await tx.statement(f"PRAGMA index_info({index['name']})")
        found.add(columns[0]["name"])
    columns = await tx.statement(f"PRAGMA table_info({table})")
    return found | {column["name"] for column in columns if column["pk"] == 1}


async def test_every_reference_has_an_index(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    await schema.migrate(database)
    without: list[str] = []
    async with database.reading() as tx:
        tables = await tx.statement("SELECT name FROM sqlite_master WHERE type = 'table'")
        for table in (row["name"] for row in tables):
            known = await begins(tx, table)
            without += [
                f"{table}.{key['from']}"
                for key in await tx.statement(f"PRAGMA foreign_key_list({table})")
                if key["table"] not in FOR_GOOD and key["from"] not in known
            ]
    await database.close()
    assert without == []
