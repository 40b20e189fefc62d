"""What facilitators did with a proposal: written once, never changed, open to every member."""

from __future__ import annotations

from enum import StrEnum

from assembly.harm import Harm
from assembly.immutable import immutable
from storage.engine.transaction import Transaction


class Deed(StrEnum):
    """What was done. The values are stored: never change one."""

    COMMENT_HIDDEN = "comment_hidden"
    COMMENT_SHOWN = "comment_shown"
    TAKEN_DOWN = "taken_down"  # by two: an entry for each
    PUT_BACK = "put_back"
    MERGED = "merged"  # suggested by, and both authors agreed


@immutable
class Entry:
    """One thing done at `at` (UTC epoch seconds); `name` None: by somebody who has left since."""

    at: int
    deed: Deed
    name: str | None
    reason: Harm | None


async def note(
    tx: Transaction,
    proposal_id: int,
    member_id: int,
    deed: Deed,
    now: int,
    reason: Harm | None = None,
) -> None:
    """Notes what a facilitator did at `now` (UTC epoch seconds), in the same transaction."""
    await tx.run(
        "note_in_proposal_audit",
        proposal_id=proposal_id,
        at=now,
        member_id=member_id,
        action=deed.value,
        reason="" if reason is None else reason.value,
    )


async def of_proposal(tx: Transaction, centre_id: int, proposal_id: int, most: int) -> list[Entry]:
    """What was done with a proposal of this centre: the latest entries, in their order."""
    rows = await tx.rows(
        "audit_of_proposal", centre_id=centre_id, proposal_id=proposal_id, most=most
    )
    return [
        Entry(
            row["at"],
            Deed(row["action"]),
            row["name"],
            Harm(row["reason"]) if row["reason"] else None,
        )
        for row in reversed(rows)
    ]
