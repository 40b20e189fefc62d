"""A question that is open, and those who can answer it: rows only, nobody is told."""

from __future__ import annotations

from collections.abc import Sequence

from assembly.roles import Role
from assembly.rule import Rule
from storage import centres, decisions
from storage.decisions import Motion
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

QUESTION = "Shall we open on Saturdays?"


async def new_centre(tx: Transaction, chat_id: int = -7) -> int:
    """A centre as setting up makes one; its id."""
    centre = await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="it", zone="Europe/Rome", now=1
    )
    return centre.id


async def add_centre(
    tx: Transaction,
    people: int = 0,
    roles: Sequence[Role] = (Role.USER,),
    telegram: int = 0,
    *,
    centre_id: int = 1,
) -> None:
    """A centre with this id and chat, and so many members, counted from 1, their roles in turn.

    Number 3 of three roles has the first of them. A Telegram id is that of the member + `telegram`.
    """
    await tx.statement(
        "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
        f"VALUES ({centre_id}, {-100 * centre_id}, 'Aurora', 'it', 'Europe/Rome', 0)"
    )
    rows = [
        (number, centre_id, telegram + number, str(roles[number % len(roles)]), f"M{number}")
        for number in range(1, people + 1)
    ]
    await _insert(tx, rows)


async def add_member(
    tx: Transaction,
    member_id: int,
    role: str = Role.USER,
    *,
    centre_id: int = 1,
    name: str = "Anna",
    telegram_id: int | None = None,
) -> None:
    """A member with this id; without a Telegram id of their own, that is the same number."""
    person = member_id if telegram_id is None else telegram_id
    await _insert(tx, [(member_id, centre_id, person, str(role), name)])


async def _insert(tx: Transaction, members: list[tuple[int, int, int, str, str]]) -> None:
    columns = ("id", "centre_id", "telegram_id", "role", "name", "status", "joined_at")
    await tx.insert("members", columns, [(*each, "active", 0) for each in members])


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
