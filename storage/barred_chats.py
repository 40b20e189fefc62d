"""Groups in which Voci may not write for a while: what waits for them waits until it may."""

from __future__ import annotations

from enum import StrEnum

from storage.engine.transaction import Transaction


class Bar(StrEnum):
    """What keeps Voci from writing somewhere."""

    OUT = "out"  # it was put out of the chat, or the chat is gone
    RIGHTS = "rights"  # of its own or of all, taken in the whole chat
    TOPIC = "topic"  # closed or deleted, where it posts
    PACE = "pace"  # slow mode, or too much was sent: until a moment that Telegram names


async def bar(tx: Transaction, chat_id: int, since: int) -> bool:
    """Notes that nothing can be written there (UTC epoch seconds); False if that was known."""
    return bool(await tx.run("bar_chat", chat_id=chat_id, since=since))


async def let_in(tx: Transaction, chat_id: int) -> int | None:
    """Notes that it can be written to; since when it could not (UTC epoch seconds), if so."""
    since: int | None = await tx.value("barred_since", chat_id=chat_id)
    if since is not None:
        await tx.run("unbar_chat", chat_id=chat_id)
    return since


async def is_barred(tx: Transaction, chat_id: int) -> bool:
    """Whether nothing could be written there at the last try."""
    return await tx.value("barred_since", chat_id=chat_id) is not None
