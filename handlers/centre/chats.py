"""What Telegram tells about chats: blocked and opened again, put out of a group, moved."""

from __future__ import annotations

from dataclasses import replace

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from handlers.centre import live_posts
from handlers.core.context import Context
from handlers.core.notices import let_in, report_barred
from handlers.core.registration import App
from handlers.core.unit_of_work import UnitOfWork
from storage import centres, outbox_chats, people, setups
from storage.barred_chats import Bar

GONE = (ChatMember.LEFT, ChatMember.BANNED)


async def membership(update: Update, context: Context) -> None:
    """Voci was blocked by a person, put out of a group, or let in again."""
    change = update.my_chat_member
    if change is None:
        return
    chat_id, now = change.chat.id, change.new_chat_member
    if isinstance(now, ChatMemberRestricted) and not now.can_send_messages:
        await report_barred(context.unit, chat_id)  # what waits is tried again and again
    elif now.status not in GONE:
        await open_again(context.unit, chat_id)
    elif chat_id > 0:
        await people.set_writable(context.tx, chat_id, False)
        await outbox_chats.pause_chat(context.tx, chat_id, context.now)
    else:
        await report_barred(context.unit, chat_id, Bar.OUT)
        await outbox_chats.pause_chat(context.tx, chat_id, context.now)


async def open_again(unit: UnitOfWork, chat_id: int) -> None:
    """This chat can be written to: what was held back goes out."""
    if chat_id > 0:
        await people.set_writable(unit.tx, chat_id, True)
    else:
        await let_in(unit, chat_id)
    await outbox_chats.resume_chat(unit.tx, chat_id)
    await outbox_chats.release_chat(unit.tx, chat_id)


async def arrived(unit: UnitOfWork, chat_id: int) -> None:
    """A message has arrived there, though nobody told that it can be written to again.

    Telegram keeps what it tells for a day; whoever let Voci in again while it was away for longer
    is not to miss what was held back.
    """
    if chat_id > 0:
        shut = await people.set_reached(unit.tx, chat_id)
    else:
        shut = await let_in(unit, chat_id)
    if shut:
        await outbox_chats.resume_chat(unit.tx, chat_id)


async def migration(update: Update, context: Context) -> None:
    """A group became a supergroup: it is told once in each of the two chats."""
    message = update.message
    if message is None:
        return
    if message.migrate_to_chat_id is not None:
        await follow(context.unit, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await follow(context.unit, message.migrate_from_chat_id, message.chat.id)


async def follow(unit: UnitOfWork, old: int, new: int) -> None:
    """Everything that belonged to the old chat belongs to the new one; twice is as once."""
    centre = await centres.by_chat(unit.tx, old)
    if centre is not None:
        await live_posts.post_again(unit, replace(centre, chat_id=new))
        await centres.move(unit.tx, old, new)
    await setups.move(unit.tx, old, new)


def register(app: App) -> None:
    app.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, migration)
    )
