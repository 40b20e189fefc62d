"""What a bot can ask about a chat, and leaving it."""

from __future__ import annotations

from typing import Any

from sandbox import membership
from sandbox.bots import Bot
from sandbox.call import ApiCall, Handler
from sandbox.chats import Group, PrivateChat
from sandbox.errors import bad_request
from sandbox.standing import RESTRICTED_RIGHTS as RIGHTS

ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)


def get_chat(call: ApiCall) -> dict[str, Any]:
    chat = call.chat()
    full = {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned is not None:
        full["pinned_message"] = chat.pinned.as_json()
    if isinstance(chat, Group) and chat.linked_channel is not None:
        full["linked_chat_id"] = chat.linked_channel.id
    if isinstance(chat, Group) and chat.kind != "channel":
        full["permissions"] = dict.fromkeys(RIGHTS, chat.members_may_write)
    return full


def get_chat_member(call: ApiCall) -> dict[str, Any]:
    chat = call.chat()
    user = call.world.users.get(call.parameters.integer("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified")
    if isinstance(chat, Group):
        return chat.membership(user).as_json()
    if isinstance(chat, PrivateChat) and user in (chat.person, chat.bot):
        return {"user": user.as_json(), "status": "member"}
    raise bad_request("member not found")


def get_chat_administrators(call: ApiCall) -> list[dict[str, Any]]:
    chat = call.chat()
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    return [
        member.as_json()
        for member in chat.members.values()
        if member.is_admin and (member.user is call.bot or not isinstance(member.user, Bot))
    ]


def get_chat_member_count(call: ApiCall) -> int:
    chat = call.chat()
    if not isinstance(chat, Group):
        return 2
    return sum(1 for member in chat.members.values() if member.is_present)


def leave_chat(call: ApiCall) -> bool:
    chat = call.chat()
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    membership.remove(call.world, chat, call.bot, call.bot)
    return True


def send_chat_action(call: ApiCall) -> bool:
    chat = call.chat()
    action = call.parameters.string("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    return True


METHODS: dict[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
}
