"""The webhook: 200 means dealt with; strangers and rubbish get neither in nor a traceback."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.webhook import HEADER, LARGEST, create_app

SECRET = "a-long-random-word"
UPDATE = {"update_id": 7}


class Site:
    def __init__(self) -> None:
        self.accepted: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.alive = True
        bot = ExtBot("123456789:AAE-abcdefghijklmnopqrstuvwx")
        app = create_app(bot, self.accept, SECRET, "/telegram", self.healthy)
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://voci.test"
        )

    async def accept(self, update: Update) -> None:
        await self.gate.wait()
        self.accepted.append(update.update_id)

    async def healthy(self) -> bool:
        return self.alive

    async def post(self, secret: str = SECRET, **content: Any) -> httpx.Response:
        return await self.client.post("/telegram", headers={HEADER: secret}, **content)


@pytest.fixture
def site() -> Site:
    return Site()


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


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"{}", b"\xff\xfe"])
async def test_rubbish_is_not_sent_again_for_ever(site: Site, body: bytes) -> None:
    assert (await site.post(content=body)).status_code == 200
    assert site.accepted == []


async def test_a_giant_is_refused(site: Site) -> None:
    assert (await site.post(content=b" " * (LARGEST + 1))).status_code == 413


async def test_health_says_whether_the_database_answers(site: Site) -> None:
    assert (await site.client.get("/health")).json() == {"ok": True}
    site.alive = False
    assert (await site.client.get("/health")).status_code == 503
