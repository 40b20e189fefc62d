"""docs/privacy/tables.md says of every table of both stores when its rows go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storage.engine import catalogue
from storage.engine.database import Database

PAGE = Path(__file__).parents[2] / "docs" / "privacy" / "tables.md"
MAIN, KEYS = re.split(r"^## The key store$", PAGE.read_text("utf-8"), flags=re.M)


def rows(part: str) -> list[list[str]]:
    lines = re.findall(r"^\| `([a-z_]+)` \|([^|\n]+)\|([^|\n]+)\|$", part, re.M)
    return [[cell.strip() for cell in line] for line in lines]


async def tables(database: Database) -> list[str]:
    async with database.reading() as tx:
        return sorted(await catalogue.tables(tx, database.engine))


async def test_every_table_of_the_main_database_is_there(database: Database) -> None:
    assert [name for name, *_ in rows(MAIN)] == await tables(database)


async def test_every_table_of_the_key_store_is_there(keys_database: Database) -> None:
    assert [name for name, *_ in rows(KEYS)] == await tables(keys_database)


@pytest.mark.parametrize("part", [MAIN, KEYS])
def test_what_stays_says_why(part: str) -> None:
    short = [name for name, _, when in rows(part) if when == "stays"]
    assert short == []
