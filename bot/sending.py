"""One screen to Telegram: in place or as a new message, with fallbacks where Telegram says no."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.bucket import TooLate, Urgency
from bot.calls import Calls, Place
from bot.drawing import can_draw
from bot.limits import Errand, Leaving
from bot.shown import Shown
from handlers.core.poll import Poll
from handlers.core.screen import Posted, posted
from handlers.core.unit_of_work import Show, Toast

# A kind of message alone is not wanted in a group: pictures, files, polls.
UNWANTED_KIND = re.compile(r"chat_send_(?!plain)|not enough rights to send (?!text messages)")
# What Telegram can't make a picture of, or what is too long to stand under one.
UNUSABLE_PICTURE = re.compile(r"photo|image|caption")
UNCHANGED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "there is no text in the message")


class Arrived(Exception):
    """Telegram has taken the message; then something of ours failed, and its id is unknown."""


@contextmanager
def _taken(errand: Errand) -> Iterator[None]:
    """Tells an error after Telegram's yes from one before it: what arrived is not sent again."""
    try:
        yield
    except Exception as error:
        if errand.accepted:
            raise Arrived from error
        raise


class Sending:
    """Knows which Bot API calls a screen becomes."""

    def __init__(self, bot: ExtBot[Errand], shown: Shown) -> None:
        self._calls = Calls(bot)
        self._shown = shown

    async def answer(self, query_id: str, toast: Toast | None) -> None:
        """Answer a press; without words it only stops the button's waiting sign."""
        text = toast.text[:200] if toast else None
        await self._calls.answer(query_id, text, alert=bool(toast and toast.alert))

    async def show(self, show: Show, deadline: float) -> int | None:
        """Show a screen, in place where that is possible. The new message's id, if there is one.

        Raises TooLate where its turn would come after `deadline` (UTC epoch seconds).
        """
        content = posted(show.screen)
        if show.message_id is not None and not show.needs_new_message:
            return await self.edit(show.chat_id, show.message_id, content, Urgency.SCREEN, deadline)
        place = Place(show.chat_id, show.topic, show.reply_to)
        sent = await self.post(place, content, Urgency.SCREEN, deadline)
        if show.message_id is not None:
            with suppress(BadRequest, TooLate):
                await self.take_buttons(show.chat_id, show.message_id, Urgency.SCREEN, deadline)
        return sent

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        content: Posted,
        urgency: Urgency,
        deadline: float = math.inf,
    ) -> int | None:
        """Put new content in a message's place; a new message where the old one is gone."""
        errand, place = Errand(urgency, deadline), (chat_id, message_id)
        if self._shown.shows(place, content):
            return None
        under_way = self._shown.begin(place)
        try:
            with _taken(errand):
                await self._calls.edit(chat_id, message_id, content, errand)
        except BadRequest as error:
            reason = error.message.casefold()
            if UNCHANGED in reason:
                self._shown.note(place, content)
                return None
            if any(words in reason for words in GONE) and chat_id > 0:
                return await self.post(Place(chat_id), content, urgency, deadline)
            raise
        self._shown.end(place, under_way, content)
        return None

    async def post(
        self,
        place: Place,
        content: Posted,
        urgency: Urgency,
        deadline: float = math.inf,
        leaving: Leaving | None = None,
    ) -> int:
        """Send new content; returns the message's id. Raises Arrived where that is not known."""
        errand = Errand(urgency, deadline, leaving)
        if content.picture is not None and not can_draw(content.picture):
            content = replace(content, picture=None)  # its words say what the picture shows
        with _taken(errand):
            try:
                sent = await self._calls.send(place, content, errand)
            except (BadRequest, Forbidden) as error:
                if content.picture is None or not _goes_without_picture(error):
                    raise
                sent = await self._calls.send(place, replace(content, picture=None), errand)
            message_id = sent.message_id
        if content.picture is None and content.file is None:
            self._shown.note((place.chat_id, message_id), content)
        return message_id

    async def post_poll(
        self, place: Place, poll: Poll, urgency: Urgency, leaving: Leaving | None = None
    ) -> int:
        """Send an anonymous poll, which Telegram closes by itself; returns the message's id."""
        errand = Errand(urgency, leaving=leaving)
        with _taken(errand):
            message = await self._calls.send_poll(place, poll, errand)
            return message.message_id

    async def take_buttons(
        self, chat_id: int, message_id: int, urgency: Urgency, deadline: float = math.inf
    ) -> None:
        """A message keeps its words, not its buttons; one that is gone has none either."""
        self._shown.forget((chat_id, message_id))
        try:
            await self._calls.take_buttons(chat_id, message_id, Errand(urgency, deadline))
        except BadRequest as error:
            reason = error.message.casefold()
            if UNCHANGED not in reason and not any(words in reason for words in GONE):
                raise


def _goes_without_picture(error: TelegramError) -> bool:
    """Whether the words alone may be taken."""
    return is_of_unwanted_kind(error) or (
        isinstance(error, BadRequest)
        and UNUSABLE_PICTURE.search(error.message.casefold()) is not None
    )


def is_of_unwanted_kind(error: TelegramError) -> bool:
    """Whether the group takes no messages of this kind, though perhaps others."""
    return UNWANTED_KIND.search(error.message.casefold()) is not None
