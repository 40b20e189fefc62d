"""A message: what was said, by whom, with which buttons, and how Telegram writes it in JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.files import StoredFile
from sandbox.html import Entity
from sandbox.keyboards import Button, Keyboard, buttons_of
from sandbox.polls import Poll
from sandbox.users import User

if TYPE_CHECKING:
    from sandbox.chats import Chat


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
