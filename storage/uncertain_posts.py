"""Posts to a group of which nobody knows whether they arrived: people look, and say.

Their text is kept until somebody has answered, so that what is posted again is the same to the
letter; a summary is not drawn anew. It is what the whole group should read.
"""

from __future__ import annotations

from enum import Enum

from assembly.immutable import immutable
from storage.engine.transaction import Transaction


@immutable
class Uncertain:
    """How many messages may not have arrived, as long as their rows are kept (14 days).

    `to_people`: private ones, which nobody is asked about. `to_groups`: posts about which nobody
    has answered yet.
    """

    to_people: int
    to_groups: int


async def count(tx: Transaction) -> Uncertain:
    """How many there are, of all centres."""
    row = await tx.row("count_uncertain")
    assert row is not None  # noqa: S101 - it counts, and so always answers
    return Uncertain(row["to_people"], row["to_groups"])


async def waits(tx: Transaction, outgoing_id: int) -> bool:
    """Whether nobody has said yet what became of this post."""
    return await tx.value("uncertain_post_waits", id=outgoing_id) is not None


class Found(Enum):
    """What was found in the group when somebody looked."""

    FOR_GOOD = "for good"
    MAY_CHANGE = "may change"
    """It has a name, under which it is to be brought up to date."""


async def found(tx: Transaction, centre_id: int, outgoing_id: int) -> Found | None:
    """It stands in the group: its text goes, but where it may change (post_anew).

    None where that was answered, or is not asked.
    """
    rows = await tx.rows("found_uncertain_post", centre_id=centre_id, id=outgoing_id)
    if not rows:
        return None
    return Found.FOR_GOOD if rows[0]["ref"] is None else Found.MAY_CHANGE


async def post_anew(tx: Transaction, ref: str, chat_id: int, payload: str) -> bool:
    """What was found, and nobody knows where to change it, comes once more as it is now.

    False where nothing of that name was found.
    """
    rows = await tx.rows("post_found_anew", ref=ref, chat_id=chat_id, payload=payload)
    for row in rows:
        await tx.run("turn_of_chat", chat_id=row["chat_id"])
    return bool(rows)


async def give_up(tx: Transaction, before: int, now: int) -> list[tuple[int, int]]:
    """Nobody has looked, and it is too late: uncertain since `before`, or useless at `now`.

    The ids of these posts and of their centres, in order; moments in UTC epoch seconds.
    """
    rows = await tx.rows("give_up_uncertain_posts", before=before, now=now)
    return sorted((row["id"], row["centre_id"]) for row in rows)


async def repeat(tx: Transaction, centre_id: int, outgoing_id: int, not_before: int) -> bool:
    """Lets it be sent again from `not_before` on (UTC epoch seconds), the same to the letter.

    False where that was answered, is not asked, or the post would come too late.
    """
    rows = await tx.rows(
        "repeat_uncertain_post", centre_id=centre_id, id=outgoing_id, not_before=not_before
    )
    for row in rows:
        await tx.run("turn_of_chat", chat_id=row["chat_id"])
    return bool(rows)
