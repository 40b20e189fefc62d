"""Updates as somebody would send them who is not Telegram: near to real ones, and poisoned."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bot.app import Voci
from bot.reading import Unreadable, read
from handlers.core import registration
from handlers.core.press import known_presses

GROUP = -1_001_000_000_001
FAR = (10**20, -(10**20), 2**31, 2**63 - 1, 2**63, -(2**63), 10**400)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, float("nan"), "", "x", "\x00", "\ud800", "7", [], {}, [[]]),
    *({"id": 1}, [1, 2], "🌅" * 5_000, "9" * 5_000, *FAR),
)


PERSON = {"id": 5, "is_bot": False, "first_name": "Zoe", "language_code": "en"}
MESSAGE = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}
PRESS = {"id": "9", "from": PERSON, "chat_instance": "1", "data": "home:1", "message": MESSAGE}


def deep(levels: int) -> Any:
    """A message that answers a message that answers a message."""
    content: Any = {}
    for _ in range(levels):
        content = {"reply_to_message": content, "message_id": 1, "date": 0}
    return content


def real(draw: random.Random, update_id: int) -> dict[str, Any]:
    """What Telegram could send: a message, a press, or that somebody blocked the bot."""
    person = {
        "id": draw.choice((1_000, 1_001, 1_002, 77)),
        "is_bot": draw.random() < 0.1,
        "first_name": draw.choice(("Anna", "\u202eZoe", "x" * 300)),
        "language_code": draw.choice(("it", "de", "xx", "")),
    }
    private = {"id": person["id"], "type": "private"}
    group = {"id": GROUP, "type": "supergroup", "title": "Aurora"}
    chat = draw.choice((private, private, group))
    message = {"message_id": draw.randrange(1, 99), "date": 1_764_763_200, "chat": chat}
    kind = draw.choice(("message", "message", "callback_query", "my_chat_member", "channel_post"))
    if kind == "callback_query":
        query = {"id": str(update_id), "from": person, "chat_instance": "1", "message": message}
        return {"update_id": update_id, kind: {**query, "data": _data(draw)}}
    if kind == "my_chat_member":
        members = {
            each: {"user": person, "status": draw.choice(("member", "kicked")), "until_date": 0}
            for each in ("old_chat_member", "new_chat_member")
        }
        change = {"chat": chat, "from": person, "date": 1_764_763_200, **members}
        return {"update_id": update_id, kind: change}
    return {"update_id": update_id, kind: {**message, "from": person, **_words(draw)}}


def _data(draw: random.Random) -> str:
    tag = draw.choice(sorted(known_presses()))
    parts = draw.choices(("1", "0", "-1", "yes", "x", "2", "999999999999999999", "it"), k=3)
    return ":".join([tag, *parts[: draw.randrange(4)]])


def _words(draw: random.Random) -> dict[str, Any]:
    prefix = draw.choice((*registration.links, "nothing"))
    text = draw.choice(("/start", f"/start {prefix}_1", "/me", "/propose A garden", "hello", "5"))
    command = text.partition(" ")[0]
    marked = [{"type": "bot_command", "offset": 0, "length": len(command)}]
    return {"text": text, "entities": marked if text.startswith("/") else []}


def poisoned(draw: random.Random, content: dict[str, Any]) -> None:
    """Take out or replace one thing in it, wherever it stands."""
    put, key = draw.choice(list(_places(content)) or [(content, "update_id")])
    match draw.randrange(4):
        case 0:
            put.pop(key, None)
        case 1:
            put[key] = deep(draw.choice((1, 30, 900)))
        case _:
            put[key] = draw.choice(ODD)


def _places(content: Any) -> Iterator[tuple[dict[str, Any], str]]:
    for key, value in content.items() if isinstance(content, dict) else ():
        yield content, key
        if key != "reply_to_message":
            yield from _places(value)


def hostile(draw: random.Random, update_id: int) -> Any:
    """One in four is real; the others are poisoned, some of them twice."""
    content = real(draw, update_id)
    for _ in range(draw.choice((0, 1, 1, 2))):
        poisoned(draw, content)
    return content


async def take(voci: Voci, content: Any) -> bool:
    """As the webhook does; whether it could be read."""
    try:
        update = read(content, voci.application.bot)
    except Unreadable:
        await voci.processing.refuse(content)
        return False
    await voci.processing.accept(update)
    return True
