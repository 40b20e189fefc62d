"""The calls of the Bot API by which Voci speaks: how content becomes parameters, and no more."""

from __future__ import annotations

import asyncio
import io
import logging

from markupsafe import Markup
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from assembly.immutable import immutable
from bot.limits import Errand
from bot.printing import printed
from handlers.core.pictures import Picture
from handlers.core.poll import Poll
from handlers.core.printouts.printout import Print
from handlers.core.screen import Archive, File, Photograph, Posted, lines

log = logging.getLogger(__name__)

# What stands behind a link is not Voci's to show, nor Telegram's to fetch. It does not stand in
# PTB's Defaults: once there are any, 22.8 sends "[]" for an empty text.
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@immutable
class Place:
    """Where a new message stands.

    `topic`: of a group that has topics, the general one for None. `reply_to`: the message that it
    answers, which may be gone meanwhile.
    """

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None


class Calls:
    """Makes them, and raises what telegram.error has where Telegram says no."""

    def __init__(self, bot: ExtBot[Errand]) -> None:
        self._bot = bot

    async def answer(self, query_id: str, text: str | None, *, alert: bool) -> None:
        """Answer a press; without words it only stops the button's waiting sign."""
        await self._bot.answer_callback_query(query_id, text, show_alert=alert)

    async def send(self, place: Place, content: Posted, errand: Errand) -> Message:
        """Send new content as what it is: a picture, a file, or words."""
        picture = await _picture(content)
        if picture is not None:
            return await self._bot.send_photo(
                place.chat_id,
                picture,
                caption=content.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(content),
                message_thread_id=place.topic,
                rate_limit_args=errand,
            )
        if content.file is not None and not isinstance(content.file, Photograph):
            name, data, caption = await _document(content.file, content.text)
            return await self._bot.send_document(
                place.chat_id,
                InputFile(io.BytesIO(data), name),
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(content),
                message_thread_id=place.topic,
                rate_limit_args=errand,
            )
        above = None
        if place.reply_to is not None:
            above = ReplyParameters(place.reply_to, allow_sending_without_reply=True)
        return await self._bot.send_message(
            place.chat_id,
            content.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(content),
            reply_parameters=above,
            message_thread_id=place.topic,
            link_preview_options=NO_PREVIEW,
            rate_limit_args=errand,
        )

    async def send_poll(self, place: Place, poll: Poll, errand: Errand) -> Message:
        """Send an anonymous poll, which Telegram closes by itself."""
        return await self._bot.send_poll(
            place.chat_id,
            poll.question,
            poll.options,
            is_anonymous=True,
            allows_multiple_answers=poll.several,
            close_date=poll.closes_at,
            message_thread_id=place.topic,
            rate_limit_args=errand,
        )

    async def edit(self, chat_id: int, message_id: int, content: Posted, errand: Errand) -> None:
        """Put words and buttons in the place of those of a message."""
        await self._bot.edit_message_text(
            content.text,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(content),
            link_preview_options=NO_PREVIEW,
            rate_limit_args=errand,
        )

    async def take_buttons(self, chat_id: int, message_id: int, errand: Errand) -> None:
        """Leave a message its words alone."""
        await self._bot.edit_message_reply_markup(chat_id, message_id, rate_limit_args=errand)


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


async def _picture(content: Posted) -> InputFile | str | None:
    """A picture that is drawn now, or the id of a photograph that Telegram has.

    None where there is none, or it can't be drawn: its words say what it shows, and go alone.
    """
    if content.picture is None:
        return content.file.file_id if isinstance(content.file, Photograph) else None
    try:
        image = await asyncio.to_thread(_draw, content.picture)
    except Exception as error:  # without its text: it could quote what people wrote
        log.error("a picture could not be drawn, its words come alone: %s", type(error).__name__)
        return None
    return InputFile(io.BytesIO(image), "picture.png")


def _draw(picture: Picture) -> bytes:
    from bot.drawing import draw  # matplotlib is loaded only when something is drawn

    return draw(picture)


async def _document(file: File | Archive | Print, text: str) -> tuple[str, bytes, str]:
    """Under which name a file is sent, what is in it, and the words under it."""
    if not isinstance(file, Print):
        return file.name, file.data(), text
    name, data = await printed(file)
    if name.endswith(".pdf"):
        return name, data, text
    return name, data, str(lines(Markup(text), file.printout.as_text))  # noqa: S704 - escaped already
