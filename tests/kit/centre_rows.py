"""A question that is open, and those who can answer it: rows only, nobody is told."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.roles import Role
from assembly.rule import Rule
from storage import decisions
from storage.decisions import Motion
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

QUESTION = "Shall we open on Saturdays?"


async def add_centre(
    tx: Transaction, people: int, roles: Sequence[Role] = (Role.USER,), telegram: int = 0
) -> None:
    """Centre 1 with so many members, counted from 1, their roles in turn.

    Number 3 of three roles has the first of them. A Telegram id is that of the member + `telegram`.
    """
    await tx.statement(
        "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
        "VALUES (1, -100, 'Aurora', 'it', 'Europe/Rome', 0)"
    )
    rows = (
        f"({member}, 1, {telegram + member}, '{roles[member % len(roles)].value}', 'M{member}', "
        "'active', 0)"
        for member in range(1, people + 1)
    )
    await tx.statement(
        "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at) "
        f"VALUES {', '.join(rows)}"
    )


async def put_question(
    tx: Transaction,
    keys: KeyStore,
    rule: Rule | None = None,
    *,
    centre_id: int = 1,
    assembly_id: int | None = None,
    question: str = QUESTION,
    closes_at: int | None = None,
    now: int = 1_000,
    seed: bytes = bytes(32),
    previous_id: int | None = None,
) -> int:
    """Its id; everybody who is a member at this moment can take part."""
    motion = Motion(
        centre_id,
        question,
        rule or Rule(),
        seed,
        closes_at=closes_at,
        assembly_id=assembly_id,
        previous_id=previous_id,
    )
    decision_id = await decisions.put(tx, keys, motion, now)
    assert decision_id is not None
    return decision_id
