"""One screen to Telegram: the right method, with fallbacks where a message can't be edited."""

from __future__ import annotations

import asyncio
import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.bucket import TooLate, Urgency
from bot.limits import Errand
from bot.shown import Shown
from handlers.core.pictures import Picture
from handlers.core.poll import Poll
from handlers.core.screen import Posted, posted
from handlers.core.unit_of_work import Show, Toast

# What stands behind a link is not Voci's to show, nor Telegram's to fetch. It does not stand in
# PTB's Defaults: once there are any, 22.8 sends "[]" for an empty text.
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# A kind of message alone is not wanted in a group: pictures, files, polls.
UNWANTED_KIND = re.compile(r"chat_send_(?!plain)|not enough rights to send (?!text messages)")
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
    """Knows how a screen becomes Bot API calls."""

    def __init__(self, bot: ExtBot[Errand]) -> None:
        self._bot = bot
        self._shown = Shown()

    async def answer(self, query_id: str, toast: Toast | None) -> None:
        """Answer a press; without words it only stops the button's waiting sign."""
        text = toast.text[:200] if toast else None
        await self._bot.answer_callback_query(
            query_id, text, show_alert=bool(toast and toast.alert)
        )

    async def show(self, show: Show, deadline: float) -> int | None:
        """Show a screen, in place where that is possible. The new message's id, if there is one.

        Raises TooLate where its turn would come after `deadline` (UTC epoch seconds).
        """
        content = posted(show.screen)
        rich = content.picture is not None or content.file is not None
        if show.message_id is None:
            return await self.post(
                show.chat_id,
                content,
                Urgency.SCREEN,
                deadline,
                show.topic,
                reply_to=show.reply_to,
            )
        if rich or show.over_media:
            sent = await self.post(show.chat_id, content, Urgency.SCREEN, deadline, show.topic)
            await self._discard_keyboard(show.chat_id, show.message_id, deadline)
            return sent
        return await self.edit(show.chat_id, show.message_id, content, Urgency.SCREEN, deadline)

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
                await self._bot.edit_message_text(
                    content.text,
                    chat_id,
                    message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=_markup(content),
                    link_preview_options=NO_PREVIEW,
                    rate_limit_args=errand,
                )
        except BadRequest as error:
            reason = error.message.casefold()
            if UNCHANGED in reason:
                self._shown.note(place, content)
                return None
            if any(words in reason for words in GONE) and chat_id > 0:
                return await self.post(chat_id, content, urgency, deadline)
            raise
        self._shown.end(place, under_way, content)
        return None

    async def post(
        self,
        chat_id: int,
        content: Posted,
        urgency: Urgency,
        deadline: float = math.inf,
        topic: int | None = None,
        *,
        reply_to: int | None = None,
    ) -> int:
        """Send new content; returns the message's id. Raises Arrived where that is not known.

        `topic`: where it stands in a group that has topics; the general one for None.
        """
        errand = Errand(urgency, deadline)
        with _taken(errand):
            try:
                sent = await self._post(chat_id, content, errand, topic, reply_to)
            except (BadRequest, Forbidden) as error:
                if content.picture is None or not is_of_unwanted_kind(error):
                    raise
                # Its words say what the picture shows.
                words = replace(content, picture=None)
                sent = await self._post(chat_id, words, errand, topic, reply_to)
            message_id = sent.message_id
        if content.picture is None and content.file is None:
            self._shown.note((chat_id, message_id), content)
        return message_id

    async def _post(
        self,
        chat_id: int,
        content: Posted,
        errand: Errand,
        topic: int | None,
        reply_to: int | None,
    ) -> Message:
        markup = _markup(content)
        above = None
        if reply_to is not None:
            above = ReplyParameters(reply_to, allow_sending_without_reply=True)
        if content.picture is not None:
            image = await asyncio.to_thread(_draw, content.picture)
            return await self._bot.send_photo(
                chat_id,
                InputFile(io.BytesIO(image), "picture.png"),
                caption=content.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                message_thread_id=topic,
                rate_limit_args=errand,
            )
        if content.file is not None:
            document = InputFile(io.BytesIO(content.file.text.encode()), content.file.name)
            return await self._bot.send_document(
                chat_id,
                document,
                caption=content.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                message_thread_id=topic,
                rate_limit_args=errand,
            )
        return await self._bot.send_message(
            chat_id,
            content.text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            reply_parameters=above,
            message_thread_id=topic,
            link_preview_options=NO_PREVIEW,
            rate_limit_args=errand,
        )

    async def post_poll(self, chat_id: int, poll: Poll, urgency: Urgency) -> int:
        """Send an anonymous poll, which Telegram closes by itself; returns the message's id."""
        errand = Errand(urgency)
        with _taken(errand):
            message = await self._bot.send_poll(
                chat_id,
                poll.question,
                poll.options,
                is_anonymous=True,
                allows_multiple_answers=poll.several,
                close_date=poll.closes_at,
                rate_limit_args=errand,
            )
            return message.message_id

    async def _discard_keyboard(self, chat_id: int, message_id: int, deadline: float) -> None:
        """The screen moved into a newer message: the old one keeps its words, not its buttons."""
        self._shown.forget((chat_id, message_id))
        try:
            await self._bot.edit_message_reply_markup(
                chat_id, message_id, rate_limit_args=Errand(Urgency.SCREEN, deadline)
            )
        except (BadRequest, TooLate):
            return


def is_of_unwanted_kind(error: TelegramError) -> bool:
    """Whether the group takes no messages of this kind, though perhaps others."""
    return UNWANTED_KIND.search(error.message.casefold()) is not None


def _markup(content: Posted) -> InlineKeyboardMarkup | None:
    if not content.keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    button["text"],
                    url=button.get("url"),
                    callback_data=button.get("callback_data"),
                )
                for button in row
            ]
            for row in content.keyboard
        ]
    )


def _draw(picture: Picture) -> bytes:
    from bot.drawing import draw  # matplotlib is loaded only when something is drawn

    return draw(picture)
