"""What facilitators did with a decision: written once, never changed, open to every member."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from assembly.immutable import immutable
from storage.engine.transaction import Transaction


class Action(StrEnum):
    """What was done; nothing else about a decision is noted."""

    PUT = "put"
    EXTENDED = "extended"  # detail: from, to (UTC epoch seconds; from None: no moment was planned)
    CLOSED = "closed"  # before its time
    CANCELLED = "cancelled"  # detail: reason
    IN_PERSON_ENTERED = "hall_entered"  # detail: people, how many are there
    IN_PERSON_CONFIRMED = "hall_confirmed"  # the same
    LIST_CONFIRMED = "list_confirmed"  # a list of names picked by hand, by a second facilitator
    IN_PERSON_RESTARTED = "hall_restarted"  # a confirmed count was thrown away


@immutable
class Entry:
    """One thing done at `at` (UTC epoch seconds); `name` None: by somebody who has left since."""

    at: int
    action: Action
    name: str | None
    detail: Mapping[str, Any]


@immutable
class History:
    """The latest entries, in the order in which they happened, and how many came before them."""

    entries: tuple[Entry, ...]
    before: int


async def note(
    tx: Transaction,
    *,
    centre_id: int,
    decision_id: int,
    member_id: int,
    action: Action,
    now: int,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Notes what a member did at `now` (UTC epoch seconds), in the same transaction.

    `detail`: what stands beside the action in Action, as JSON knows it.
    """
    await tx.run(
        "note_in_audit",
        centre_id=centre_id,
        decision_id=decision_id,
        at=now,
        member_id=member_id,
        action=action.value,
        detail=json.dumps(detail, ensure_ascii=False) if detail else None,
    )


async def of_decision(tx: Transaction, centre_id: int, decision_id: int, most: int) -> History:
    """What happened with a decision of this centre: its latest entries, at most `most`."""
    ids = {"centre_id": centre_id, "decision_id": decision_id}
    rows = await tx.rows("audit_of_decision", most=most, **ids)
    entries = tuple(
        Entry(
            row["at"],
            Action(row["action"]),
            row["name"],
            json.loads(row["detail"]) if row["detail"] else {},
        )
        for row in reversed(rows)
    )
    return History(entries, int(await tx.value("count_audit", **ids)) - len(entries))
