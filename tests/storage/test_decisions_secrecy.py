"""Secret unless it was chosen otherwise; and what was chosen stays as it was put."""

from __future__ import annotations

import re

import pytest
from kit.centre_rows import add_centre, put_question

from assembly.rule import Rule, Secrecy
from storage import decisions
from storage.engine.database import Database
from storage.engine.statements import QUERIES
from storage.secrets.keys import KeyStore


async def put(database: Database, keys: KeyStore, rule: Rule, people: int = 5) -> int:
    async with database.transaction() as tx:
        await add_centre(tx, people)
        return await put_question(tx, keys, rule)


async def secrecy(database: Database, decision_id: int) -> Secrecy:
    async with database.reading() as tx:
        decision = await decisions.get(tx, 1, decision_id)
    assert decision is not None
    return decision.rule.secrecy


@pytest.mark.parametrize(
    ("rule", "people", "stored"),
    [
        (Rule(), 5, Secrecy.SECRET),
        (Rule(), 4, Secrecy.SEALED),
        (Rule(secrecy=Secrecy.OPEN), 5, Secrecy.OPEN),
        (Rule(secrecy=Secrecy.OPEN), 4, Secrecy.OPEN),
    ],
)
async def test_secret_is_what_nobody_chose(
    database: Database, keys_database: Database, rule: Rule, people: int, stored: Secrecy
) -> None:
    keys = KeyStore(keys_database, bytes(32))
    assert await secrecy(database, await put(database, keys, rule, people)) is stored


async def test_it_is_written_once(database: Database, keys_database: Database) -> None:
    """The one statement that writes it after the row is there does nothing a second time."""
    decision_id = await put(database, KeyStore(keys_database, bytes(32)), Rule())
    async with database.transaction() as tx:
        changed = await tx.run(
            "record_electorate",
            decision_id=decision_id,
            size=1,
            hash="0",
            by_role="1,0,0",
            secrecy="open",
            lot_sealed=b"",
            joined_until=0,
        )
    assert changed == 0
    assert await secrecy(database, decision_id) is Secrecy.SECRET


# What stands after WHERE only asks.
WRITES = re.compile(r"\bSET\b(?:(?!\bWHERE\b)[^;])*\bsecrecy\s*=|INSERT INTO decisions\b")


def test_no_other_statement_writes_it() -> None:
    writing = [
        re.search(r"-- name: (\w+)", block)[1]  # type: ignore[index]
        for path in QUERIES.glob("*.sql")
        for block in re.split(r"\n(?=-- name:)", path.read_text(encoding="utf-8"))
        if WRITES.search(block)
    ]
    assert sorted(writing) == ["open_decision", "record_electorate"]
