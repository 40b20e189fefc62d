"""Posts to a group of which nobody knows whether they arrived: people look, and say.

Their text is kept until somebody has answered, so that what is posted again is the same to the
letter; a summary is not drawn anew. It is what the whole group should read.
"""

from __future__ import annotations

from storage.engine.transaction import Transaction


async def waits(tx: Transaction, outgoing_id: int) -> bool:
    """Whether nobody has said yet what became of this post."""
    return await tx.value("uncertain_post_waits", id=outgoing_id) is not None


async def found(tx: Transaction, centre_id: int, outgoing_id: int) -> bool:
    """It stands in the group: its text goes. False where that was answered, or is not asked."""
    return bool(await tx.run("found_uncertain_post", centre_id=centre_id, id=outgoing_id))


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
