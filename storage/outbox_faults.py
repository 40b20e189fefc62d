"""Messages that an error of our own keeps from leaving: they wait until it is mended.

Such an error is no fault of the message, so its row is not settled. Only the error's class is
noted, for `voci check`: it may quote nothing of what people wrote.
"""

from __future__ import annotations

from storage.engine.transaction import Transaction


async def set_aside(tx: Transaction, outgoing_id: int, not_before: int, fault: str) -> bool:
    """Keeps a message that an error of our own, of the class `fault`, kept from leaving.

    It waits until `not_before`, and with it what changes it once it is there; the chat's others go
    on, or one message that never can leave would hold them for ever. False if it was not under way.
    """
    rows = await tx.rows("set_outbox_aside", id=outgoing_id, not_before=not_before, fault=fault)
    for row in rows:
        if row["ref"] is not None:
            held = {"chat_id": row["chat_id"], "ref": row["ref"]}
            await tx.run("hold_edits", **held, not_before=not_before)
        await tx.run("turn_of_chat", chat_id=row["chat_id"])
    return bool(rows)


async def take_up(tx: Transaction) -> int:
    """Lets everything set aside be due at once, in its old order; how many messages.

    For a process that starts: it may be the one in which the error is mended.
    """
    rows = await tx.rows("take_up_faulty")
    for chat_id in sorted({row["chat_id"] for row in rows}):
        await tx.run("turn_of_chat", chat_id=chat_id)
    return len(rows)


async def kept_by(tx: Transaction) -> dict[str, int]:
    """How many messages are set aside, by the class of the error that keeps them."""
    return {row["fault"]: row["messages"] for row in await tx.rows("faults_in_outbox")}
