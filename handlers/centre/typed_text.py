"""The last feature: typed text goes to its conversation, the rest gets a friendly sentence."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update
from telegram.constants import MessageLimit
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.core.context import Context
from handlers.core.guards import enter
from handlers.core.home import askable, speak_as_known
from handlers.core.registration import (
    PRIVATE,
    SAME_TEXT,
    App,
    conversations,
    joining_pieces,
    photographs,
    resumes,
)
from handlers.core.screens import plain
from handlers.decisions.ballots import objecting
from handlers.membership.progress import resume
from storage import drafts
from storage.drafts import Draft

BETWEEN = 3  # messages: an answer of ours may come between two pieces


async def typed(_: Update, context: Context) -> None:
    """Text in a private chat belongs to whatever asked last: an objection, a conversation."""
    if context.person is None:
        return
    draft = await drafts.find(context.tx, context.person.id)
    awaited = await objecting.awaited_reason(context, draft)
    if awaited is not None:
        await objecting.take_reason(awaited, context)
    elif draft is not None:
        if not _is_rest(draft, context):
            await conversations[draft.kind](draft, context)
            await _never_silent(draft, context)
        await _note_piece(draft.kind, context)
    elif await enter(context):
        context.show(plain.nothing_asked(context.speak, context.centre.id), reply=True)
    elif not await resume(context):
        await speak_as_known(context)
        context.show(plain.nothing_asked_of_strangers(context.speak, await askable(context)))


async def _never_silent(draft: Draft, context: Context) -> None:
    """A conversation that says nothing, and is as it was, can't read what it kept: it ends."""
    unit = context.unit
    if unit.shows or unit.toast or await drafts.find(context.tx, draft.telegram_id) != draft:
        return
    await drafts.remove(context.tx, draft.telegram_id)
    context.show(plain.begun_is_lost(context.speak, draft.centre_id))


def _is_rest(draft: Draft, context: Context) -> bool:
    """Whether this is what an app cut off a text whose beginning was refused as too long."""
    message = context.message
    if message is None or draft.message_id is None or draft.kind in joining_pieces:
        return False
    follows = 0 < message.message_id - draft.message_id <= BETWEEN
    return follows and message.date.timestamp() - draft.updated_at <= SAME_TEXT


async def _note_piece(kind: str, context: Context) -> None:
    """Remember a text of Telegram's full length: its rest comes right after it."""
    message, person = context.message, context.who()
    if message is None or len(context.text) < MessageLimit.MAX_TEXT_LENGTH:
        return
    draft = await drafts.find(context.tx, person.id)
    if draft is not None and draft.kind == kind:
        at = int(message.date.timestamp())
        await drafts.save(context.tx, replace(draft, message_id=message.message_id, updated_at=at))


async def not_text(_: Update, context: Context) -> None:
    """A sticker, a photo, a voice message, a poll: Voci reads words, and photos where it asked."""
    if context.person is None:
        return
    draft = await drafts.find(context.tx, context.person.id)
    if draft is not None and draft.kind in photographs and _is_photograph(context):
        await photographs[draft.kind](draft, context)
        return
    if await enter(context):
        context.show(plain.words_only(context.speak, context.centre.id))
        return
    await speak_as_known(context)
    context.show(plain.words_only_of_strangers(context.speak, await askable(context)))


def _is_photograph(context: Context) -> bool:
    message = context.incoming.message
    return message is not None and bool(message.photo)


async def unknown_command(_: Update, context: Context) -> None:
    """A command that Voci does not have."""
    if context.person is not None:
        await speak_as_known(context)
        context.show(plain.unknown_command(context.speak))


async def unknown_press(_: Update, context: Context) -> None:
    """A button of an older version, or data that somebody made up."""
    if context.person is not None:
        await speak_as_known(context)
    context.toast(context.speak("This button belongs to an older message."), alert=True)


async def show_open_question(context: Context) -> None:
    """The question that is open in the person's conversation, or on their way into a centre."""
    if context.person is None or not context.in_private:
        return
    draft = await drafts.find(context.tx, context.person.id)
    awaited = await objecting.awaited_reason(context, draft)
    if awaited is not None:
        await objecting.show_question(awaited, context)
    elif draft is not None:
        await resumes[draft.kind](draft, context)
    elif not await enter(context):
        await resume(context)


def register(app: App) -> None:
    app.add_handler(MessageHandler(PRIVATE & filters.TEXT & ~filters.COMMAND, typed))
    app.add_handler(MessageHandler(PRIVATE & filters.COMMAND, unknown_command))
    app.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, not_text))
    app.add_handler(CallbackQueryHandler(unknown_press))
