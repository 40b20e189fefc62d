"""With each change every row of a question with reasons is sealed anew: none tells which it was."""

from __future__ import annotations

from typing import Any

import pytest
from kit.centre_rows import add_centre, put_question

from assembly.rule import DecisionMethod, Rule
from storage import ballots, decisions, reasons
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

MEMBERS = {1: "consent", 2: "object", 3: "consent", 4: "object", 5: "consent"}


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def rows(tx: Transaction, decision_id: int) -> dict[bytes, bytes]:
    found = await tx.rows("sealed_ballots", decision_id=decision_id)
    return {bytes(row["tag"]): bytes(row["sealed"]) for row in found}


async def test_a_typed_reason_changes_every_row(database: Database, keys: KeyStore) -> None:
    async with database.transaction() as tx:
        await add_centre(tx, 6)
        decision_id = await put_question(tx, keys, rule=Rule(method=DecisionMethod.CONSENT))
        other = await put_question(tx, keys, rule=Rule(method=DecisionMethod.CONSENT))
        ids: dict[str, Any] = {"centre_id": 1, "now": 1_500, "group_id": None}
        for each in (other, decision_id):
            for member, choice in MEMBERS.items():
                who: dict[str, Any] = {"telegram_id": member, "decision_id": each, "choice": choice}
                assert await ballots.cast(tx, keys, **who, **ids)
        before, elsewhere = await rows(tx, decision_id), await rows(tx, other)
        assert await reasons.give_reason(
            tx, keys, telegram_id=2, decision_id=decision_id, reason="Too early.", now=1_510
        )
        after = await rows(tx, decision_id)
        assert await rows(tx, other) == elsewhere
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        found = await ballots.collect(tx, keys, decision)
    assert after.keys() == before.keys()
    assert all(after[tag] != before[tag] for tag in before)
    assert {member: ballot.choice for member, ballot, _ in found.cast} == MEMBERS
    assert {m: b.reason for m, b, _ in found.cast if b.reason} == {2: "Too early."}
