"""Ballots while a decision is open: one row a voter, without a moment, gone at closing.

Afterwards nothing in the database links a member with a choice, nor even with the electorate.
"""

from __future__ import annotations

from dataclasses import dataclass

from assembly.outcome import Choice
from storage.transaction import Transaction

_REWRITING = (
    "clear_ballots",
    "clear_electors",
    "restore_ballots",
    "restore_electors",
    "clear_ballots_kept",
    "clear_electors_kept",
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A ballot that counts now, with what its confirmation needs."""

    closes_at: int | None  # UTC epoch seconds
    zone: str
    language: str


async def cast(
    tx: Transaction,
    *,
    telegram_id: int,
    centre_id: int,
    decision_id: int,
    choice: Choice,
    now: int,
    group_id: int | None,
) -> Recorded | None:
    """Records a person's choice in place of the one before; None where they may not.

    The one statement is the guard too: an active member of the centre and of the frozen
    electorate, a decision that is open and not past its closing; a press in a group (`group_id`,
    None for a private chat) counts in the centre's own group only.
    """
    row = await tx.row(
        "cast_ballot",
        telegram_id=telegram_id,
        centre_id=centre_id,
        decision_id=decision_id,
        choice=choice.value,
        now=now,
        group_id=group_id or 0,
    )
    if row is None:
        return None
    return Recorded(row["closes_at"], row["zone"], row["language"])


async def of_member(tx: Transaction, centre_id: int, member_id: int) -> dict[int, Choice | None]:
    """The open decisions in which a member takes part, with what they have said so far."""
    rows = await tx.rows("ballots_of_member", centre_id=centre_id, member_id=member_id)
    return {row["decision_id"]: Choice(row["choice"]) if row["choice"] else None for row in rows}


async def count(tx: Transaction, decision_id: int) -> dict[Choice, int]:
    """How many ballots say what. For the tally at closing: never shown while it is open."""
    rows = await tx.rows("count_ballots", decision_id=decision_id)
    return {Choice(row["choice"]): int(row["ballots"]) for row in rows}


async def forget(tx: Transaction, member_id: int) -> None:
    """Takes a member who is erased out of everything that is being decided."""
    await tx.run("forget_ballots", member_id=member_id)
    await tx.run("forget_elector", member_id=member_id)


async def seal(tx: Transaction, decision_id: int) -> None:
    """Deletes for good who was entitled and who said what; then the log must be truncated too.

    The rows of decisions that stay open are moved aside and back, and the tables cleared between:
    SQLite's secure_delete overwrites a deleted row, but not the copies that its pages kept where
    a table had grown and been balanced.
    """
    await tx.run("keep_ballots", decision_id=decision_id)
    await tx.run("keep_electors", decision_id=decision_id)
    for step in _REWRITING:
        await tx.run(step)
