"""Where our messages live, so that they can be edited in place: 'decision:12:group'."""

from __future__ import annotations

from dataclasses import dataclass

from storage.engine.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Place:
    """A message of ours in a chat, both by the ids that Telegram gave them."""

    chat_id: int
    message_id: int


async def remember(tx: Transaction, ref: str, chat_id: int, message_id: int) -> None:
    """Notes where the message called `ref` lives now.

    Of a private chat only while the bot knows the person: they may have been erased meanwhile.
    """
    await tx.run("remember_message", ref=ref, chat_id=chat_id, message_id=message_id)


async def find(tx: Transaction, ref: str) -> Place | None:
    """Where the message called `ref` lives, or None."""
    row = await tx.row("message_at", ref=ref)
    return Place(row["chat_id"], row["message_id"]) if row else None


async def forget(tx: Transaction, ref: str) -> bool:
    """Forgets one message; False if it was not known."""
    return bool(await tx.run("forget_message", ref=ref))


async def forget_chat(tx: Transaction, chat_id: int) -> int:
    """Forgets the messages of a chat whose id is no more: they can't be edited. How many."""
    return await tx.run("forget_messages_of_chat", chat_id=chat_id)
