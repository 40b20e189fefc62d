"""Sending, editing, deleting and pinning messages of text."""

from __future__ import annotations

from typing import Any

from sandbox.call import ApiCall, Handler
from sandbox.chats import Chat, Group, Message
from sandbox.errors import bad_request
from sandbox.html import Entity
from sandbox.keyboards import Keyboard
from sandbox.text import caption_text, message_text

DELETABLE_FOR = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(call: ApiCall) -> dict[str, Any]:
    text, entities = _text(call)
    message = call.world.post(
        sender=call.bot,
        text=text,
        entities=entities,
        keyboard=call.markup(),
        **call.place(),
    )
    return message.as_json()


def _text(call: ApiCall) -> tuple[str, list[Entity]]:
    parameters = call.parameters
    return message_text(
        parameters.string("text"), call.parse_mode(), parameters.entities("entities")
    )


def caption(call: ApiCall) -> tuple[str, list[Entity]]:
    """The caption of a call that sends or edits one."""
    parameters = call.parameters
    return caption_text(
        parameters.string("caption"), call.parse_mode(), parameters.entities("caption_entities")
    )


def edit_message_text(call: ApiCall) -> dict[str, Any]:
    text, entities = _text(call)
    keyboard = call.inline_keyboard()
    message = call.own_message(call.chat())
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    if (message.text, message.entities, message.keyboard) == (text, entities, keyboard):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities = text, entities
    return edited(call, message, keyboard)


def edit_message_caption(call: ApiCall) -> dict[str, Any]:
    text, entities = caption(call)
    keyboard = call.inline_keyboard()
    message = call.own_message(call.chat())
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    if (message.caption or "", message.entities, message.keyboard) == (text, entities, keyboard):
        raise bad_request(NOT_MODIFIED)
    message.caption, message.entities = text, entities
    return edited(call, message, keyboard)


def edit_message_reply_markup(call: ApiCall) -> dict[str, Any]:
    keyboard = call.inline_keyboard()
    message = call.own_message(call.chat())
    if message.keyboard == keyboard:
        raise bad_request(NOT_MODIFIED)
    return edited(call, message, keyboard)


def edited(call: ApiCall, message: Message, keyboard: Keyboard | None) -> dict[str, Any]:
    """Finish an edit: without a keyboard in the call, the message loses the one it had."""
    message.keyboard = keyboard
    message.edits += 1
    message.edit_date = call.world.now()
    call.world.changed()
    return message.as_json()


def delete_message(call: ApiCall) -> bool:
    chat = call.chat()
    message = call.message(chat, "delete")
    own_or_private = message.sender is call.bot or chat.kind == "private"
    if not own_or_private and not _is_admin(call, chat):
        raise bad_request("message can't be deleted")
    if call.world.now() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    chat.remove(message)
    call.world.changed()
    return True


def pin_chat_message(call: ApiCall) -> bool:
    chat = call.chat()
    _require_pinning(call, chat)
    message = call.message(chat, "pin")
    if chat.pinned is not message:
        chat.pinned = message
        pinned = {"pinned_message": message.as_json(with_reply=False)}
        call.world.post(chat, call.bot, content=pinned)
    return True


def unpin_chat_message(call: ApiCall) -> bool:
    chat = call.chat()
    _require_pinning(call, chat)
    if chat.pinned is None:
        raise bad_request("message to unpin not found")
    chat.pinned = None
    call.world.changed()
    return True


def _require_pinning(call: ApiCall, chat: Chat) -> None:
    if chat.kind != "private" and not _is_admin(call, chat):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _is_admin(call: ApiCall, chat: Chat) -> bool:
    return isinstance(chat, Group) and chat.membership(call.bot).is_admin


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
