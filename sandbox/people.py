"""What people can do: the scripting API of tests and of the page.

Everything a person does happens at once and reaches the bots' inboxes; only waiting for a bot's
answer is asynchronous (`Press.answered`, `World.until`).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox import membership
from sandbox.bots import Bot
from sandbox.chats import Chat, Group, Message, PrivateChat
from sandbox.delivery import announce, tell
from sandbox.files import StoredFile
from sandbox.participation import Participant
from sandbox.presses import Press
from sandbox.standing import Membership
from sandbox.text import message_text, typed_parts
from sandbox.topics import Topic

START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
Where = Chat | Bot


class Person(Participant):
    def chat(self, where: Where) -> Chat:
        """The chat itself, or the private chat with a bot."""
        return self.private(where) if isinstance(where, Bot) else where

    def private(self, bot: Bot) -> PrivateChat:
        return self.world.private_chat(self, bot)

    # -- talking ------------------------------------------------------------------------------

    def start(self, bot: Bot, payload: str | None = None) -> Message:
        """Open the bot and press its start button, as a deep link does."""
        if payload is not None and not START_PAYLOAD.fullmatch(payload):
            raise ValueError("a start payload is 1-64 of A-Z, a-z, 0-9, _ and -")
        if self.private(bot).blocked:
            self.unblock(bot)
        return self.say(bot, "/start" if payload is None else f"/start {payload}")

    def open(self, link: str) -> Message:
        """Follow a link like https://t.me/voci_bot?start=payload and press start."""
        parts = urlsplit(link)
        query = parse_qs(parts.query)
        path = parts.path.strip("/")
        username = query.get("domain", [""])[0] if parts.scheme == "tg" else path
        for bot in self.world.bots.values():
            if (bot.username or "").lower() == username.lower():
                return self.start(bot, query.get("start", [None])[0])
        raise LookupError("the link leads to no bot of this world")

    def say(
        self,
        where: Where,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Type a text; as in an app, one of over 4096 characters goes out in several messages.

        Returns the (last) message; raises ApiError when there is nothing to send.
        """
        for part in typed_parts(text):
            words, entities = message_text(part, None, None)
            message = self._post(
                where, text=words, entities=entities, reply_to=reply_to, topic=topic
            )
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change an own text afterwards."""
        if message.sender is not self:
            raise ValueError("people can only edit what they wrote")
        message.text, message.entities = message_text(text, None, None)
        message.edits += 1
        message.edit_date = self.world.now()
        announce(message, "edited_message")
        self.world.changed()

    def forward(self, message: Message, where: Where) -> Message:
        """Pass a message on; as on Telegram, its buttons stay behind."""
        origin = {
            "type": "user",
            "sender_user": message.sender.as_json(),
            "date": message.date,
        }
        return self._post(
            where,
            text=message.text,
            caption=message.caption,
            entities=message.entities,
            file=message.file,
            poll=message.poll,
            content={**message.content, "forward_origin": origin},
        )

    def delete(self, message: Message) -> None:
        """Delete a message for everybody; bots hear nothing of it, as on Telegram."""
        message.chat.remove(message)
        self.world.changed()

    # -- other things than text ---------------------------------------------------------------

    def send_photo(self, where: Where, data: bytes, caption: str | None = None) -> Message:
        file = self.world.files.store("photo", "photo.jpg", "image/jpeg", data)
        return self._send_file(where, file, caption)

    def send_document(
        self, where: Where, data: bytes, name: str = "file.txt", caption: str | None = None
    ) -> Message:
        file = self.world.files.store("document", name, "application/octet-stream", data)
        return self._send_file(where, file, caption)

    def send_voice(self, where: Where, data: bytes = b"OggS") -> Message:
        return self._send_file(
            where, self.world.files.store("voice", "voice.ogg", "audio/ogg", data), None
        )

    def send_sticker(self, where: Where) -> Message:
        sticker = {
            "file_id": "sticker-1",
            "file_unique_id": "usticker-1",
            "width": 512,
            "height": 512,
            "type": "regular",
            "is_animated": False,
            "is_video": False,
        }
        return self._post(where, content={"sticker": sticker})

    def send_poll(self, where: Where, question: str, options: list[str]) -> Message:
        return self._post(where, poll=self.world.new_poll(question, options))

    def _send_file(self, where: Where, file: StoredFile, caption: str | None) -> Message:
        return self._post(where, file=file, caption=caption, content=file.content())

    def _post(self, where: Where, **fields: Any) -> Message:
        chat = self.chat(where)
        if isinstance(chat, PrivateChat):
            if chat.person is not self or chat.blocked:
                raise ValueError("nobody writes in a chat of others or to a bot they blocked")
            chat.started = True
        elif isinstance(chat, Group) and not chat.is_present(self):
            raise ValueError(f"{self.first_name} is not in this chat")
        if isinstance(chat, Group) and fields.get("topic") is None:
            above = fields.get("reply_to")
            fields["topic"] = above.topic if above is not None else chat.topics.general
        return self.world.post(chat, self, **fields)

    # -- pressing -----------------------------------------------------------------------------

    def press(self, message: Message, button: str | int) -> Press:
        """Press a button by its label, its callback data or its place (0 is the first)."""
        return self.forge_press(message, self._find_data(message, button))

    def forge_press(self, message: Message, data: str) -> Press:
        """Press with data of one's own making, as a tampered app can, seen or not."""
        press = self.world.presses.add(self, message, data)
        if isinstance(message.sender, Bot):
            message.sender.known.add(self.id)
            message.sender.updates.put("callback_query", press.as_json())
        self.world.changed()
        return press

    def _find_data(self, message: Message, button: str | int) -> str:
        buttons = message.buttons
        if isinstance(button, int):
            found = buttons[button : button + 1]
        else:
            found = [each for each in buttons if button in (each.label, each.data)]
        if not found:
            raise LookupError(f"no button {button!r}; there are {message.labels}")
        if found[0].data is None:
            raise LookupError(f"{button!r} opens a link: {found[0].url}")
        return found[0].data

    def answer_poll(self, message: Message, options: list[int]) -> None:
        """Choose options of a Telegram poll by their places; none takes the answer back."""
        poll = message.poll
        if poll is None:
            raise ValueError("the message is no poll")
        poll.pass_time(self.world.now())
        poll.choose(self, options)
        if isinstance(message.sender, Bot):
            message.sender.updates.put("poll", poll.as_json())
            if not poll.is_anonymous:
                message.sender.known.add(self.id)
                message.sender.updates.put("poll_answer", poll.answer_json(self))
        self.world.changed()

    # -- stopping the bot ---------------------------------------------------------------------

    def block(self, bot: Bot) -> None:
        """Stop the bot: it can't write any more, and is told so."""
        self._set_blocked(bot, blocked=True)

    def unblock(self, bot: Bot) -> None:
        self._set_blocked(bot, blocked=False)

    def _set_blocked(self, bot: Bot, *, blocked: bool) -> None:
        chat = self.private(bot)
        if chat.blocked == blocked:
            return
        chat.blocked = False  # so that the bot hears of either change
        old, new = Membership(bot, "member"), Membership(bot, "kicked")
        if not blocked:
            old, new = new, old
        change = membership.change_json(chat, self, old, new, self.world.now())
        tell(chat, "my_chat_member", change)
        chat.blocked = blocked
        self.world.changed()
