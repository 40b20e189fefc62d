"""Why somebody objects, stands aside or blocks: typed after the press, kept in the sealed ballot.

That a reason is awaited stands inside the ballot too: a row beside it would tell who objects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assembly.rule import DecisionMethod
from storage import sealed_ballots
from storage.keys import KeyStore
from storage.sealed_ballots import Content
from storage.transaction import Transaction

PATIENCE = 3600  # seconds: what is typed later is meant for something else


@dataclass(frozen=True, slots=True)
class Awaited:
    """The ballot whose reason a person's next words are; cast `since` (UTC epoch seconds)."""

    centre_id: int
    decision_id: int
    member_id: int
    choice: str
    since: int


async def awaiting_reason(
    tx: Transaction, keys: KeyStore, telegram_id: int, now: int
) -> Awaited | None:
    """The ballot that was cast last of those that wait for a reason, for an hour at most."""
    found: list[Awaited] = []
    for row in await tx.rows("open_with_reasons", telegram_id=telegram_id, now=now):
        decision_id, member_id = row["decision_id"], row["member_id"]
        key = await keys.ballot_key(decision_id)
        content = await sealed_ballots.find(tx, key, decision_id, member_id)
        if content is not None and _waits(content, now):
            found.append(
                Awaited(
                    row["centre_id"], decision_id, member_id, content.choice, content.awaits_since
                )
            )
    return max(found, key=lambda each: each.since, default=None)


async def give_reason(
    tx: Transaction, keys: KeyStore, *, telegram_id: int, decision_id: int, reason: str, now: int
) -> bool:
    """Adds what was typed to the ballot that waits for it; False where it does not any more.

    Of "" nothing is added: the objection counts without words. Raises ValueError for more than
    500 characters.
    """
    for row in await tx.rows("open_with_reasons", telegram_id=telegram_id, now=now):
        if row["decision_id"] != decision_id:
            continue
        key = await keys.ballot_key(decision_id)
        content = await sealed_ballots.find(tx, key, decision_id, row["member_id"])
        if content is None or not _waits(content, now):
            return False
        given = replace(content, reason=reason or content.reason, awaits_since=0)
        sealed_ballots.put(tx, key, decision_id, given, DecisionMethod(row["method"]))
        return True
    return False


def _waits(content: Content, now: int) -> bool:
    return content.awaits_since > 0 and now - content.awaits_since <= PATIENCE
