from __future__ import annotations

from typing import Any

import pytest

HELP = [{"command": "help", "description": "What Voci is"}]
AIUTO = [{"command": "help", "description": "Che cosa è Voci"}]


async def test_commands_are_kept_by_scope_and_language(api: Any) -> None:
    groups = {"type": "all_group_chats"}
    await api("setMyCommands", commands=HELP)
    await api("setMyCommands", commands=AIUTO, language_code="it", scope=groups)
    assert await api("getMyCommands") == HELP
    assert await api("getMyCommands", scope=groups) == []
    assert await api("getMyCommands", scope=groups, language_code="it") == AIUTO
    await api("deleteMyCommands")
    await api("deleteMyCommands")
    assert await api("getMyCommands") == []


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "help"}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": HELP * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": "[1]"}, "can't parse commands: expected an Array of BotCommand"),
        ({"commands": HELP, "language_code": "ita"}, "invalid language code specified"),
        (
            {"commands": HELP, "scope": {"type": "moon"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        (
            {"commands": HELP, "scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
    ],
)
async def test_bad_commands_are_refused(api: Any, parameters: Any, reason: str) -> None:
    assert await api.refusal("setMyCommands", **parameters) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize(
    ("method", "name", "limit", "default"),
    [
        ("MyName", "name", 64, "Voci"),
        ("MyDescription", "description", 512, ""),
        ("MyShortDescription", "short_description", 120, ""),
    ],
)
async def test_names_and_descriptions_are_kept_by_language(
    api: Any, method: str, name: str, limit: int, default: str
) -> None:
    assert await api(f"get{method}") == {name: default}
    await api(f"set{method}", **{name: "Voices"})
    await api(f"set{method}", **{name: "Stimmen"}, language_code="de")
    assert await api(f"get{method}", language_code="it") == {name: "Voices"}
    assert await api(f"get{method}", language_code="de") == {name: "Stimmen"}
    assert await api.refusal(f"set{method}", **{name: "x" * (limit + 1)}) == (
        400,
        f"Bad Request: the {name} is too long",
    )


async def test_menu_button(api: Any) -> None:
    assert await api("getChatMenuButton") == {"type": "default"}
    await api("setChatMenuButton", menu_button={"type": "commands"})
    assert await api("getChatMenuButton") == {"type": "commands"}
    assert await api.refusal("setChatMenuButton", menu_button={"type": "moon"}) == (
        400,
        "Bad Request: MenuButton has unsupported type",
    )
