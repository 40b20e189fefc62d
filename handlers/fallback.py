"""The last feature: typed text goes to its conversation, the rest gets a friendly sentence."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.context import Context
from handlers.guards import enter
from handlers.joining import resume, speak_as_known
from handlers.registration import PRIVATE, App, conversations
from handlers.screens import plain
from storage import drafts


async def typed(_: Update, context: Context) -> None:
    """Text in a private chat belongs to the conversation the person is in, if any."""
    if context.person is None:
        return
    draft = await drafts.find(context.tx, context.person.id)
    if draft is not None:
        await conversations[draft.kind](draft, context)
    elif await enter(context) or not await resume(context):
        await speak_as_known(context)
        context.show(plain.nothing_asked(context.speak))


async def not_text(_: Update, context: Context) -> None:
    """A sticker, a photo, a voice message, a poll: Voci reads words only."""
    if context.person is not None:
        await speak_as_known(context)
        context.show(plain.words_only(context.speak))


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


def register(app: App) -> None:
    app.add_handler(MessageHandler(PRIVATE & filters.TEXT & ~filters.COMMAND, typed))
    app.add_handler(MessageHandler(PRIVATE & filters.COMMAND, unknown_command))
    app.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, not_text))
    app.add_handler(CallbackQueryHandler(unknown_press))
