from __future__ import annotations

import pytest

from storage.engine.beginnings import beginning_with
from storage.engine.database import Database

ORDERS = {"sqlite": ("BINARY", "NOCASE"), "postgresql": ("C", "ucs_basic", "und-x-icu", "en-x-icu")}
NAMES = ("card:a:7:", "card:a:7:1", "card:a:7:group", "card:a:7:f0e1", "card:a:7:yours:2")


@pytest.mark.parametrize("name", NAMES)
async def test_in_each_order_of_signs_a_name_lies_in_the_range_of_its_beginning(
    database: Database, name: str
) -> None:
    asked = beginning_with("card:a:7:")
    async with database.reading() as tx:
        if database.engine == "postgresql":
            there = {
                row["collname"] for row in await tx.statement("SELECT collname FROM pg_collation")
            }
        else:
            there = {*ORDERS["sqlite"]}
        orders = [each for each in ORDERS[database.engine] if each in there]
        assert orders
        for order in orders:
            [row] = await tx.statement(
                f"SELECT '{name}' >= '{asked['prefix']}' COLLATE \"{order}\""
                f" AND '{name}' < '{asked['after']}' COLLATE \"{order}\" AS lies"
            )
            assert row["lies"], order
    assert asked["length"] == len("card:a:7:")
