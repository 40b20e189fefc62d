"""In which topic of its group a centre posts: /here, and a topic that is open again."""

from __future__ import annotations

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.centre.chats import open_again
from handlers.centre.screens import topics as screens
from handlers.core.context import Context
from handlers.core.may import May
from handlers.core.registration import GROUP, PRIVATE, App, command
from storage import centres, outbox_chats

REOPENED = (
    filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
)


async def post_here(context: Context) -> None:
    """/here: from now on the centre's posts stand in the topic where this was said."""
    chat_id = context.centre.destination.chat_id
    waits = await outbox_chats.waiting(context.tx, chat_id, context.now)
    await centres.post_in(context.tx, chat_id, context.topic)
    await open_again(context.unit, chat_id)
    context.show(screens.posts_here(context.speak, waits=waits > 0))


async def post_elsewhere(context: Context) -> None:
    """/here in a private chat."""
    context.show(screens.in_the_group(context.speak))


async def reopened(_: Update, context: Context) -> None:
    """A topic is open again: what waits for it is tried at once."""
    chat = context.incoming.effective_chat
    if chat is not None and await centres.topic_of(context.tx, chat.id) == context.topic:
        await outbox_chats.release_chat(context.tx, chat.id)


def register(app: App) -> None:
    app.add_handler(command("here", post_here, GROUP, may=May.FACILITATORS))
    app.add_handler(command("here", post_elsewhere, PRIVATE, may=May.ANYBODY))
    app.add_handler(MessageHandler(GROUP & REOPENED, reopened))
