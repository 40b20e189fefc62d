"""What is written for the outbox already: worded otherwise, put off, taken back, or forgotten."""

from __future__ import annotations

from storage.engine.beginnings import beginning_with
from storage.engine.transaction import Transaction


async def drop_of_member(tx: Transaction, telegram_id: int, centre_id: int) -> None:
    """Forgets a member's messages about one centre, sent or not: they have left, or are erased."""
    await tx.run("drop_outbox_of_member", telegram_id=telegram_id, centre_id=centre_id)
    await tx.run("turn_of_chat", chat_id=telegram_id)


async def drop_unsent(tx: Transaction, beginning: str) -> None:
    """Forgets what is still to go out under keys that begin so: it is wanted no more."""
    rows = await tx.rows("drop_unsent_outbox", **beginning_with(beginning))
    for chat_id in sorted({row["chat_id"] for row in rows}):
        await tx.run("turn_of_chat", chat_id=chat_id)


async def forget_told(tx: Transaction, chat_id: int, *beginnings: str) -> None:
    """Deletes what a chat was told under names that begin so, sent or not: names say of what."""
    for each in beginnings:
        gone = await tx.rows("forget_told", chat_id=chat_id, prefix=each, length=len(each))
        if gone:
            await tx.run("turn_of_chat", chat_id=chat_id)


async def forget_settled_of_people(tx: Transaction, beginning: str) -> None:
    """Forgets under keys that begin so what has left to people, or never will."""
    await tx.run("forget_settled_of_people", **beginning_with(beginning))


async def forget(tx: Transaction, key: str) -> None:
    """Forgets one message, sent or not, and that it ever was to be sent."""
    for row in await tx.rows("remove_from_outbox", key=key):
        await tx.run("turn_of_chat", chat_id=row["chat_id"])


async def unsent(tx: Transaction, centre_id: int) -> dict[int, str]:
    """The texts that are still to go out in a centre: to its group and its members, by id."""
    rows = await tx.rows("unsent_in_outbox", centre_id=centre_id)
    return {row["id"]: row["payload"] for row in rows}


async def reword(tx: Transaction, outgoing_id: int, payload: str) -> None:
    """Other words for what is not sent yet; of what was sent nothing is there to reword."""
    await tx.run("reword_outbox", id=outgoing_id, payload=payload)


async def on_its_way(tx: Transaction, ref: str) -> bool:
    """Whether what shall be called `ref` waits, is being sent, or may be posted again.

    That is also so of a post that people found: the next that changes of it comes anew.
    """
    return await tx.value("post_is_on_its_way", ref=ref) is not None


async def reword_post(tx: Transaction, ref: str, payload: str) -> bool:
    """Other words for what shall be called `ref` once it is there; False if nothing waits to be.

    What may be there but nobody has looked counts as waiting: it may be posted again.
    """
    return bool(await tx.run("reword_unsent", ref=ref, payload=payload))


async def wait_anew(tx: Transaction, centre_id: int, until: int, instead: int) -> None:
    """Lets wait until `instead` what of a centre waits until that moment (UTC epoch seconds)."""
    moved = await tx.rows(
        "wait_anew_in_outbox", centre_id=centre_id, not_before=until, instead=instead
    )
    for chat_id in sorted({row["chat_id"] for row in moved}):
        await tx.run("turn_of_chat", chat_id=chat_id)
