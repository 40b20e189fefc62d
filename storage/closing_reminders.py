"""Reminders before a question closes: who wants them, and what lies in the outbox for them.

Everybody who could take part has a row there, whether or not they have: whether it is sent is
looked up at the moment of sending. So the rows say nothing, and at closing they are deleted.
"""

from __future__ import annotations

import hmac

from assembly.immutable import immutable
from storage.engine.beginnings import beginning_with
from storage.engine.transaction import Transaction

PREFIX = "closing"  # of the outbox's keys


@immutable
class Reached:
    """A member of the electorate who can be reminded: where, and in which language."""

    member_id: int
    telegram_id: int
    language: str


async def wish(tx: Transaction, member_id: int, wanted: bool) -> None:
    """Stores whether a member wants to be reminded; who says nothing is."""
    query = "want_closing_reminders" if wanted else "stop_closing_reminders"
    await tx.run(query, member_id=member_id)


async def wishes(tx: Transaction, member_id: int) -> bool:
    """Whether a member wants to be reminded."""
    return await tx.value("refuses_closing_reminders", member_id=member_id) is None


async def reached(tx: Transaction, decision_id: int) -> list[Reached]:
    """All of the electorate who are here, can be written to, and want it; cast or not."""
    rows = await tx.rows("reached_before_closing", decision_id=decision_id)
    return [Reached(row["member_id"], row["telegram_id"], row["language"]) for row in rows]


async def still(tx: Transaction, centre_id: int, decision_id: int, telegram_id: int) -> int | None:
    """The member whose chat this is, if they would be reached now and it is open; or None."""
    found = await tx.value(
        "reached_still", centre_id=centre_id, decision_id=decision_id, telegram_id=telegram_id
    )
    return None if found is None else int(found)


def key(ballot_key: bytes, decision_id: int, member_id: int) -> str:
    """The name of one row of the outbox: says who it is for only to whoever has the ballots' key.

    Not the ballot's own tag, which would lead from a chat to a sealed ballot.
    """
    tag = hmac.digest(ballot_key, b"reminder %d" % member_id, "sha256")
    return f"{_all_of(decision_id)}{tag.hex()}"


async def forget(tx: Transaction, decision_id: int) -> None:
    """Deletes all rows of a decision, sent or not; then the log must be truncated too."""
    dropped = await tx.rows("drop_outbox_of", **beginning_with(_all_of(decision_id)))
    for chat_id in sorted({row["chat_id"] for row in dropped}):
        await tx.run("turn_of_chat", chat_id=chat_id)


def _all_of(decision_id: int) -> str:
    return f"{PREFIX}:{decision_id}:"
