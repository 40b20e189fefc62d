"""What a bot says about itself: commands by scope and language, name, descriptions, menu."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.call import ApiCall, Handler
from sandbox.errors import bad_request

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def _language(call: ApiCall) -> str:
    code = call.parameters.string("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _scope(call: ApiCall) -> str:
    scope = call.parameters.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    kind = str(scope["type"])
    missing = [name for name in SCOPES[kind] if name not in scope]
    if missing:
        raise bad_request(f"can't parse BotCommandScope: Can't find field \"{missing[0]}\"")
    return json.dumps({name: scope[name] for name in ("type", *SCOPES[kind])})


def set_my_commands(call: ApiCall) -> bool:
    commands = call.parameters.json("commands")
    if not isinstance(commands, list) or not all(isinstance(each, dict) for each in commands):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if not COMMAND.fullmatch(str(each.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description", ""))) <= DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[_scope(call), _language(call)] = [
        {"command": each["command"].removeprefix("/"), "description": each["description"]}
        for each in commands
    ]
    return True


def get_my_commands(call: ApiCall) -> list[dict[str, str]]:
    return call.bot.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(call: ApiCall) -> bool:
    call.bot.commands.pop((_scope(call), _language(call)), None)
    return True


def _set_text(name: str) -> Handler:
    def set_text(call: ApiCall) -> bool:
        text = call.parameters.string(name)
        if len(text) > TEXT_LIMITS[name]:
            raise bad_request(f"the {name} is too long")
        call.bot.profile[name, _language(call)] = text
        return True

    return set_text


def _get_text(name: str) -> Handler:
    def get_text(call: ApiCall) -> dict[str, str]:
        texts = call.bot.profile
        default = texts.get((name, ""), call.bot.first_name if name == "name" else "")
        return {name: texts.get((name, _language(call))) or default}

    return get_text


def set_chat_menu_button(call: ApiCall) -> bool:
    button = call.parameters.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("MenuButton has unsupported type")
    call.bot.menu_buttons[call.parameters.integer("chat_id")] = button
    return True


def get_chat_menu_button(call: ApiCall) -> dict[str, Any]:
    return call.bot.menu_buttons.get(call.parameters.integer("chat_id"), {"type": "default"})


METHODS: dict[str, Handler] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _set_text("name"),
    "getMyName": _get_text("name"),
    "setMyDescription": _set_text("description"),
    "getMyDescription": _get_text("description"),
    "setMyShortDescription": _set_text("short_description"),
    "getMyShortDescription": _get_text("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
