"""One call of the Bot API while it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Message, PrivateChat
from sandbox.errors import bad_request, forbidden
from sandbox.keyboards import Keyboard, checked_inline_keyboard, checked_markup
from sandbox.parameters import Parameters
from sandbox.topics import Topic
from sandbox.world import World


class Place(TypedDict):
    """Where a message is sent: the chat, its topic, and what it answers."""

    chat: Chat
    topic: Topic | None
    reply_to: Message | None


@dataclass(frozen=True, slots=True)
class ApiCall:
    world: World
    bot: Bot
    parameters: Parameters

    def chat(self) -> Chat:
        """The chat that is meant, if the bot may act there; raises ApiError 400 or 403."""
        given = self.parameters.string("chat_id")
        if not given:
            raise bad_request("chat_id is empty")
        chat_id = chat_id_of(self.world, given)
        if chat_id is None:
            raise bad_request("chat not found")
        if chat_id > 0:
            return self._private(chat_id)
        return self._group(chat_id)

    def _private(self, chat_id: int) -> PrivateChat:
        chat = self.world.private_chats.get((self.bot.id, chat_id))
        if chat is not None and chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat is not None and chat.started:
            return chat
        user = self.world.users.get(chat_id)
        if user is not None and user.is_bot:
            raise forbidden("bots can't send messages to bots")
        if user is None or user.id not in self.bot.known:
            raise bad_request("chat not found")
        raise forbidden("bot can't initiate conversation with a user")

    def _group(self, chat_id: int) -> Group:
        group = self.world.groups.get(chat_id)
        if group is None or self.bot.id not in group.members:
            raise bad_request("chat not found")
        if group.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=group.migrated_to
            )
        if group.is_deleted:
            raise forbidden("the group chat was deleted")
        status = group.membership(self.bot).status
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {group.words}")
        if status == "left":
            raise forbidden(f"bot is not a member of the {group.words}")
        return group

    def place(self, kind: str = "text messages") -> Place:
        """Where a message of this kind goes that is sent; raises ApiError 400 or 403."""
        chat = self.chat()
        topic = None
        if isinstance(chat, Group):
            standing = chat.membership(self.bot)
            if not (standing.is_admin or (standing.may_write and chat.members_may_write)):
                raise bad_request(f"not enough rights to send {kind} to the chat")
            thread = self.parameters.integer("message_thread_id")
            topic = chat.topics.named(thread, manages=standing.is_admin)
        return {"chat": chat, "topic": topic, "reply_to": self.reply_to(chat)}

    def message(self, chat: Chat, purpose: str) -> Message:
        """The message that is meant; raises ApiError 400 when there is none."""
        message_id = self.parameters.integer("message_id")
        if message_id <= 0:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None:
            raise bad_request(f"message to {purpose} not found")
        return message

    def own_message(self, chat: Chat) -> Message:
        """The bot's own message that is meant to be edited; raises ApiError 400."""
        message = self.message(chat, "edit")
        if message.sender is not self.bot:
            raise bad_request("message can't be edited")
        return message

    def markup(self) -> Keyboard | None:
        return checked_markup(self.parameters.json("reply_markup"))

    def inline_keyboard(self) -> Keyboard | None:
        return checked_inline_keyboard(self.parameters.json("reply_markup"))

    def parse_mode(self) -> str | None:
        return self.parameters.string("parse_mode") or None

    def reply_to(self, chat: Chat) -> Message | None:
        """The message that is answered; raises ApiError 400 when it is gone."""
        given = self.parameters.json("reply_parameters") or {}
        message_id = given.get("message_id") or self.parameters.integer("reply_to_message_id")
        if not message_id:
            return None
        message = chat.messages.get(int(message_id))
        allowed = given.get("allow_sending_without_reply") or self.parameters.boolean(
            "allow_sending_without_reply"
        )
        if message is None and not allowed:
            raise bad_request("message to be replied not found")
        return message


def chat_id_of(world: World, given: str) -> int | None:
    """The id behind what a bot wrote as chat_id: a number or the @username of a public group."""
    if given.startswith("@"):
        named = (g.id for g in world.groups.values() if g.username == given[1:])
        return next(named, None)
    try:
        return int(given)
    except ValueError:
        return None


Handler = Callable[[ApiCall], Any | Awaitable[Any]]
