"""What waits to be sent to one chat: held back, let go, counted, or moved to another chat."""

from __future__ import annotations

from storage.engine.transaction import Transaction


async def release_chat(tx: Transaction, chat_id: int) -> bool:
    """Lets what is held in a chat go out at its own moments; False where nothing was held."""
    released = bool(await tx.run("release_chat", chat_id=chat_id))
    if released:
        await tx.run("turn_of_chat", chat_id=chat_id)
    return released


async def waiting(tx: Transaction, chat_id: int, now: int) -> int:
    """How many new messages of a chat are due at `now` and have not left."""
    return int(await tx.value("outbox_waiting", chat_id=chat_id, now=now))


async def sends_to(tx: Transaction, chat_id: int) -> bool:
    """Whether something is being sent to this chat at this moment."""
    return await tx.value("outbox_sends_to", chat_id=chat_id) is not None


async def pause_chat(tx: Transaction, chat_id: int, now: int) -> int:
    """Holds back from `now` on what waits for a chat that can't be written to; how many."""
    paused = await tx.run("pause_outbox", chat_id=chat_id, now=now)
    if paused:  # of a stranger who blocks the bot nothing is noted, not even the chat
        await tx.run("turn_of_chat", chat_id=chat_id)
    return paused


async def resume_chat(tx: Transaction, chat_id: int) -> int:
    """Lets wait again what was paused; how many messages."""
    resumed = await tx.run("resume_outbox", chat_id=chat_id)
    if resumed:
        await tx.run("turn_of_chat", chat_id=chat_id)
    return resumed


async def move_posts(tx: Transaction, chat_id: int, new_chat_id: int) -> None:
    """Lets what waits for one chat, or was held back there, go to another one that is open.

    What takes the buttons of the old one's messages stays.
    """
    await tx.run("move_posts", chat_id=chat_id, new_chat_id=new_chat_id)
    await resume_chat(tx, new_chat_id)
    await tx.run("release_chat", chat_id=new_chat_id)
    for changed in (chat_id, new_chat_id):
        await tx.run("turn_of_chat", chat_id=changed)


async def move_chat(tx: Transaction, chat_id: int, new_chat_id: int) -> None:
    """Follows a group that became a supergroup with a new id.

    What was held back from the old one is tried in the new one.
    """
    await tx.run("move_outbox", chat_id=chat_id, new_chat_id=new_chat_id)
    await resume_chat(tx, new_chat_id)
    for changed in (chat_id, new_chat_id):
        await tx.run("turn_of_chat", chat_id=changed)
