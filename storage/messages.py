"""Where our messages live, so that they can be edited in place: 'decision:12:group'."""

from __future__ import annotations

from assembly.immutable import immutable
from storage.engine.beginnings import beginning_with
from storage.engine.transaction import Transaction

CARD = "card:"
"""So begin the names of many messages in private whose buttons go with what they are about."""


@immutable
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


async def is_named(tx: Transaction, place: Place) -> bool:
    """Whether the message there has a name, whichever."""
    found = await tx.value("message_is_named", chat_id=place.chat_id, message_id=place.message_id)
    return found is not None


async def forget_names_at(tx: Transaction, place: Place, but: str | None = None) -> bool:
    """Forgets what the message there was called: it has become another screen, `but` this one.

    So nothing that is said elsewhere later takes the place of what somebody reads or writes there.
    """
    ids = {"chat_id": place.chat_id, "message_id": place.message_id}
    return bool(await tx.run("forget_names_at", but=but or "", **ids))


@immutable
class Named:
    """A message of a member's own chat: its name, where it is, and the language of the person."""

    ref: str
    chat_id: int
    message_id: int
    language: str


async def under(tx: Transaction, prefix: str, centre_id: int) -> list[Named]:
    """The messages whose names begin like this, of those who take part in the centre now."""
    rows = await tx.rows("messages_under", **beginning_with(prefix), centre_id=centre_id)
    return [Named(row["ref"], row["chat_id"], row["message_id"], row["language"]) for row in rows]


async def take_cards(tx: Transaction, prefix: str) -> list[Place]:
    """Forgets the messages whose names begin like this; where they are, in the order of names."""
    rows = await tx.rows("forget_messages_under", **beginning_with(prefix))
    found = sorted((row["ref"], row["chat_id"], row["message_id"]) for row in rows)
    return [Place(chat_id, message_id) for _, chat_id, message_id in found]


async def forget_private(tx: Transaction, prefix: str) -> None:
    """Forgets the messages in people's own chats whose names begin like this."""
    await tx.run("forget_private_messages_under", **beginning_with(prefix))


async def forget_chat(tx: Transaction, chat_id: int) -> int:
    """Forgets the messages of a chat whose id is no more: they can't be edited. How many."""
    return await tx.run("forget_messages_of_chat", chat_id=chat_id)
