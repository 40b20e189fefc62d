"""Chats: who is in them and what was said there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.bots import Bot
from sandbox.files import StoredFile
from sandbox.html import Entity
from sandbox.keyboards import Button, Keyboard, buttons_of
from sandbox.polls import Poll
from sandbox.standing import Membership
from sandbox.topics import Topic, Topics
from sandbox.users import User

KIND_IN_WORDS = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


class Chat:
    """A chat of any kind; `messages` holds what can be seen now, by id, oldest first."""

    def __init__(self, chat_id: int, kind: str, title: str | None = None) -> None:
        self.id = chat_id
        self.kind = kind
        self.title = title
        self.username: str | None = None
        self.messages: dict[int, Message] = {}
        self.pinned: Message | None = None
        self.actions: list[str] = []
        self.next_message_id = 1

    def as_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.title is not None:
            fields["title"] = self.title
        if self.username is not None:
            fields["username"] = self.username
        return fields

    @property
    def last(self) -> Message | None:
        """The newest message."""
        return self.messages[next(reversed(self.messages))] if self.messages else None

    def from_bots(self) -> list[Message]:
        """What bots said here, oldest first (without Telegram's own service accounts)."""
        return [message for message in self.messages.values() if isinstance(message.sender, Bot)]

    def add(self, date: int, sender: User, **fields: Any) -> Message:
        message = Message(self, self.next_message_id, date, sender, **fields)
        self.next_message_id += 1
        self.messages[message.id] = message
        return message

    def remove(self, message: Message) -> None:
        message.deleted = True
        self.messages.pop(message.id, None)
        if self.pinned is message:
            self.pinned = None


class PrivateChat(Chat):
    """What one person and one bot say to each other."""

    def __init__(self, person: User, bot: Bot) -> None:
        super().__init__(person.id, "private")
        self.person = person
        self.bot = bot
        self.started = False
        self.blocked = False

    def as_json(self) -> dict[str, Any]:
        fields = super().as_json()
        for name in ("first_name", "last_name", "username"):
            value = getattr(self.person, name)
            if value is not None:
                fields[name] = value
        return fields


class Group(Chat):
    """A basic group, a supergroup or a channel."""

    def __init__(self, chat_id: int, kind: str, title: str) -> None:
        super().__init__(chat_id, kind, title)
        self.members: dict[int, Membership] = {}
        self.bots: dict[int, Bot] = {}
        self.migrated_to: int | None = None
        self.linked_channel: Group | None = None
        self.topics = Topics()
        self.is_deleted = False
        self.members_may_write = True  # who is no administrator

    def as_json(self) -> dict[str, Any]:
        fields = super().as_json()
        if self.topics.are_on:
            fields["is_forum"] = True
        return fields

    def membership(self, user: User) -> Membership:
        return self.members.get(user.id) or Membership(user, "left")

    def set_membership(self, membership: Membership) -> None:
        user = membership.user
        self.members[user.id] = membership
        if isinstance(user, Bot):
            if membership.is_present:
                self.bots[user.id] = user
            else:
                self.bots.pop(user.id, None)

    def is_present(self, user: User) -> bool:
        return self.membership(user).is_present

    @property
    def words(self) -> str:
        """The kind of chat as Telegram's refusals call it."""
        return KIND_IN_WORDS[self.kind]


@dataclass(slots=True, eq=False)
class Message:
    chat: Chat
    id: int
    date: int
    sender: User
    sender_chat: Chat | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Entity] = field(default_factory=list)
    keyboard: Keyboard | None = None
    file: StoredFile | None = None
    poll: Poll | None = None
    reply_to: Message | None = None
    topic: Topic | None = None
    # Everything else, named and shaped as in the Bot API: photo, sticker, new_chat_members, …
    content: dict[str, Any] = field(default_factory=dict)
    edits: int = 0
    edit_date: int | None = None
    deleted: bool = False

    @property
    def words(self) -> str:
        """Text or caption: whatever there is to read."""
        return self.text or self.caption or ""

    @property
    def buttons(self) -> list[Button]:
        return buttons_of(self.keyboard)

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def is_service(self) -> bool:
        return self.text is None and self.file is None and self.poll is None and not self.is_media

    @property
    def is_media(self) -> bool:
        return any(kind in self.content for kind in ("photo", "document", "sticker", "voice"))

    def as_json(self, with_reply: bool = True) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.as_json(),
            **self.content,
        }
        if self.chat.kind != "channel":
            fields["from"] = self.sender.as_json()
        if self.sender_chat is not None:
            fields["sender_chat"] = self.sender_chat.as_json()
        if self.edit_date is not None:
            fields["edit_date"] = self.edit_date
        if self.topic is not None and self.topic.thread is not None:
            fields["message_thread_id"] = self.topic.thread
            fields["is_topic_message"] = True
        if self.reply_to is not None and with_reply:
            fields["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.text is not None:
            fields["text"] = self.text
        if self.caption:
            fields["caption"] = self.caption
        if self.entities:
            fields["entities" if self.text is not None else "caption_entities"] = self.entities
        if self.poll is not None:
            fields["poll"] = self.poll.as_json()
        if self.keyboard is not None and "inline_keyboard" in self.keyboard:
            fields["reply_markup"] = self.keyboard
        return fields
