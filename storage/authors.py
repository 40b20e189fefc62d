"""What the author of a proposal is told: who they are, and where it has come to.

Moments are UTC epoch seconds.
"""

from __future__ import annotations

from assembly.convening import OPENABLE
from assembly.endings import Ending
from assembly.immutable import immutable
from storage.engine.transaction import Transaction


@immutable
class Author:
    """Whoever put a proposal forward, as long as they take part and have not taken it back."""

    proposal_id: int
    title: str
    member_id: int
    telegram_id: int
    language: str


@immutable
class Place:
    """The latest agenda on which a proposal stands; `ending` None while its point is open."""

    item_id: int
    position: int
    assembly_id: int
    starts_at: int
    ending: Ending | None


async def find(tx: Transaction, centre_id: int, proposal_id: int) -> Author | None:
    """The author who is to be told, or None."""
    row = await tx.row("author_to_tell", centre_id=centre_id, proposal_id=proposal_id)
    if row is None:
        return None
    return Author(row["id"], row["title"], row["member_id"], row["telegram_id"], row["language"])


async def place(tx: Transaction, proposal_id: int, now: int) -> Place | None:
    """Where a proposal has come to; None while it stands on no agenda, and stood on none."""
    row = await tx.row("latest_point_of", proposal_id=proposal_id, since=now - OPENABLE)
    if row is None:
        return None
    ending = None if row["ending"] is None else Ending(row["ending"])
    return Place(row["id"], row["position"], row["assembly_id"], row["starts_at"], ending)


async def on_agenda(tx: Transaction, assembly_id: int) -> list[int]:
    """The proposals on an agenda, in its order."""
    rows = await tx.rows("proposals_on_agenda", assembly_id=assembly_id)
    return [int(row["proposal_id"]) for row in rows]


async def reading_name_of(tx: Transaction, member_id: int) -> list[int]:
    """The proposals whose authors may have read this member's name beside a task."""
    rows = await tx.rows("proposals_with_name", member_id=member_id)
    return [int(row["proposal_id"]) for row in rows]
