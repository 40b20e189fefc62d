"""The webhook: 200 means dealt with; strangers and rubbish get neither in nor a traceback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from telegram import Update
from telegram.ext import ExtBot

from bot.settings import Settings
from bot.webhook import HEADER, LARGEST, route

SECRET = "a-secret-of-this-test"
UPDATE = {"update_id": 7}


def settings(folder: Path, root: str = "http://voci.test") -> Settings:
    return Settings(
        _env_file=None,
        bot_token="123456789:AAE-abcdefghijklmnopqrstuvwx",
        data_dir=folder,
        mode="webhook",
        webhook_url=f"{root}/telegram",
        webhook_secret=SECRET,
        listen="127.0.0.1:0",
    )


class Site:
    def __init__(self, folder: Path) -> None:
        self.accepted: list[int] = []
        self.refused: list[object] = []
        self.gate = asyncio.Event()
        self.gate.set()
        bot = ExtBot("123456789:AAE-abcdefghijklmnopqrstuvwx")
        self.app = Starlette(routes=[route(bot, self.accept, self.refuse, settings(folder))])
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="http://voci.test"
        )

    async def accept(self, update: Update) -> None:
        await self.gate.wait()
        self.accepted.append(update.update_id)

    async def refuse(self, content: object) -> None:
        self.refused.append(content)

    async def post(self, secret: str = SECRET, **content: Any) -> httpx.Response:
        return await self.client.post("/telegram", headers={HEADER: secret}, **content)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


async def test_the_answer_comes_after_the_commit(site: Site) -> None:
    site.gate.clear()
    request = asyncio.create_task(site.post(json=UPDATE))
    await asyncio.sleep(0.01)
    assert not request.done()
    site.gate.set()
    assert (await request).status_code == 200
    assert site.accepted == [7]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x"])
async def test_only_telegram_gets_in(site: Site, secret: str) -> None:
    assert (await site.post(secret, json=UPDATE)).status_code == 403
    assert site.accepted == []


DEEP = b'{"update_id": 7, "message": ' + b'{"reply_to_message": ' * 9_000 + b"1" + b"}" * 9_001


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"{}", b"\xff\xfe", b"[" * 100_000, DEEP],
    ids=["empty", "cut", "list", "word", "nothing", "bytes", "lists in lists", "nested"],
)
async def test_rubbish_is_not_sent_again_for_ever(site: Site, body: bytes) -> None:
    assert (await site.post(content=body)).status_code == 200
    assert site.accepted == []
    assert len(site.refused) == 1


FAR = 10**20
PERSON = {"id": 5, "is_bot": False, "first_name": "Zoe"}
CHAT = {"id": 5, "type": "private"}
MESSAGE = {"message_id": 1, "date": 0, "chat": CHAT, "from": PERSON, "text": "/start"}
PRESS = {"id": "9", "from": PERSON, "chat_instance": "1", "data": "home:1", "message": MESSAGE}


@pytest.mark.parametrize(
    "poison",
    [
        {"message": {**MESSAGE, "date": FAR}},
        {"message": {**MESSAGE, "date": -FAR}},
        {"message": {**MESSAGE, "date": "soon"}},
        {"message": {**MESSAGE, "message_id": "one"}},
        {"message": {**MESSAGE, "text": ["/start"]}},
        {"message": {**MESSAGE, "chat": {**CHAT, "id": 2**63}}},
        {"message": {**MESSAGE, "from": {**PERSON, "id": "5"}}},
        {"message": {**MESSAGE, "from": {**PERSON, "id": [5]}}},
        {"message": {**MESSAGE, "from": {**PERSON, "id": True}}},
        {"message": "hello"},
        {"callback_query": {**PRESS, "data": 5}},
        {"callback_query": {**PRESS, "from": {**PERSON, "id": -(2**64)}}},
        {"callback_query": {**PRESS, "message": {**MESSAGE, "chat": 7}}},
    ],
)
async def test_poison_is_answered_and_handed_over(site: Site, poison: dict[str, Any]) -> None:
    content = {"update_id": 7, **poison}
    assert (await site.post(json=content)).status_code == 200
    assert (site.accepted, site.refused) == ([], [content])


@pytest.mark.parametrize("update_id", [-1, 2**63, "7", None, 7.5, True, [7]])
async def test_an_id_of_another_type_is_no_update(site: Site, update_id: object) -> None:
    assert (await site.post(json={"update_id": update_id})).status_code == 200
    assert site.accepted == [] and len(site.refused) == 1


async def test_a_giant_is_refused(site: Site) -> None:
    assert (await site.post(content=b" " * (LARGEST + 1))).status_code == 413


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size):
        yield b" " * 1024


async def test_a_giant_in_pieces_is_refused_before_its_end(site: Site) -> None:
    """Without a length, or with one that is a lie: what counts is what comes."""
    assert (await site.post(content=in_pieces(LARGEST // 1024 + 1))).status_code == 413
    assert (await site.post(content=in_pieces(LARGEST // 1024))).status_code == 200
    for said in ("5", "-1", "nine", "9" * 5_000):
        headers = {HEADER: SECRET, "content-length": said}
        content = in_pieces(LARGEST // 1024 + 1)
        answer = await site.client.post("/telegram", headers=headers, content=content)
        assert answer.status_code == 413
    assert site.accepted == []
