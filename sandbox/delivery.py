"""Which bots hear of what: privacy mode, blocked chats, administrators."""

from __future__ import annotations

from typing import Any

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Message, PrivateChat


def announce(message: Message, kind: str | None = None) -> None:
    """Put a message (or its edit) into the inbox of every bot that may see it.

    Bots never hear bots, themselves included.
    """
    chat = message.chat
    if isinstance(message.sender, Bot):
        return
    if kind is None:
        kind = "channel_post" if chat.kind == "channel" else "message"
    for bot in _listeners(chat):
        if is_visible(bot, message):
            bot.known.add(message.sender.id)
            bot.updates.put(kind, message.as_json())


def tell(chat: Chat, kind: str, content: dict[str, Any], *, only_admins: bool = False) -> None:
    """Put an update that is no message into the inbox of the bots of a chat."""
    for bot in _listeners(chat):
        if not only_admins or (isinstance(chat, Group) and chat.membership(bot).is_admin):
            bot.updates.put(kind, content)


def is_visible(bot: Bot, message: Message) -> bool:
    """Whether a bot gets a message, by the rules of privacy mode."""
    chat = message.chat
    if not isinstance(chat, Group) or chat.kind == "channel" or message.is_service:
        return True
    if not bot.privacy_mode or chat.membership(bot).is_admin:
        return True
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    return _is_command_for(bot, message.words)


def _is_command_for(bot: Bot, words: str) -> bool:
    if not words.startswith("/"):
        return False
    _, _, addressee = words.split(maxsplit=1)[0].partition("@")
    return not addressee or addressee.lower() == (bot.username or "").lower()


def _listeners(chat: Chat) -> list[Bot]:
    if isinstance(chat, PrivateChat):
        return [] if chat.blocked else [chat.bot]
    return list(chat.bots.values()) if isinstance(chat, Group) else []
