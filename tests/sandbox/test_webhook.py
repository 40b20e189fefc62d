from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.server import serve
from sandbox.webhook import line_of
from sandbox.world import World


class Receiver:
    """A bot's own web server, which refuses the first so many requests."""

    def __init__(self, refuse: int = 0) -> None:
        self.refuse = refuse
        self.received: list[tuple[str | None, dict[str, Any]]] = []
        self.arrived = asyncio.Event()
        self.url = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await reader.readexactly(int(headers["content-length"]))
        status = b"200 OK"
        if self.refuse:
            self.refuse -= 1
            status = b"503 Busy"
        else:
            secret = headers.get("x-telegram-bot-api-secret-token")
            self.received.append((secret, httpx.Response(200, content=body).json()))
            self.arrived.set()
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async def until(self, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(5):
            while len(self.received) < count:
                self.arrived.clear()
                await self.arrived.wait()
        return [body for _, body in self.received]


@asynccontextmanager
async def receiving(refuse: int = 0) -> AsyncIterator[Receiver]:
    receiver = Receiver(refuse)
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield receiver


async def test_updates_are_posted_in_order_with_the_secret(
    api: Any, bot: Bot, anna: Person
) -> None:
    anna.say(bot, "one")
    async with receiving() as receiver:
        await api("setWebhook", url=receiver.url, secret_token="s3cret")
        anna.say(bot, "two")
        texts = [body["message"]["text"] for body in await receiver.until(2)]
        assert texts == ["one", "two"]
        assert {secret for secret, _ in receiver.received} == {"s3cret"}
        await api("deleteWebhook")


async def test_an_update_is_posted_until_it_is_accepted(api: Any, bot: Bot, anna: Person) -> None:
    async with receiving(refuse=2) as receiver:
        await api("setWebhook", url=receiver.url)
        anna.say(bot, "one")
        anna.say(bot, "two")
        texts = [body["message"]["text"] for body in await receiver.until(2)]
        assert texts == ["one", "two"]
        info = await api("getWebhookInfo")
        assert info["url"] == receiver.url
        assert info["last_error_message"] == "Wrong response from the webhook: 503"
        await api("setWebhook", url="")
        assert (await api("getWebhookInfo"))["url"] == ""


async def test_a_webhook_that_is_not_there_keeps_its_updates(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    anna.say(bot, "one")
    webhook = bot.webhook
    assert webhook is not None
    assert await world.until(lambda: webhook.last_error) == "Connection failed: ConnectError"
    await api("deleteWebhook")
    assert [each["text"] for each in await api.updates("message")] == ["one"]


async def test_pending_updates_can_be_dropped(api: Any, bot: Bot, anna: Person) -> None:
    anna.say(bot, "one")
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api.updates() == []


async def test_setting_a_webhook_terminates_a_poll(api: Any, world: World, bot: Bot) -> None:
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=10))
    await world.until(lambda: bot.updates.is_polled)
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    await api("deleteWebhook")


async def test_people_do_not_wait_for_each_other(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    """What Anna said is refused at first; what Bruno says behind it is not held up."""
    bruno = world.person("Bruno")
    async with receiving(refuse=1) as receiver:
        for person, text in ((anna, "one"), (anna, "two"), (bruno, "three")):
            person.say(bot, text)
        await api("setWebhook", url=receiver.url)
        bodies = await receiver.until(3)
        texts = [body["message"]["text"] for body in bodies]
        assert texts == ["three", "one", "two"]
        assert await world.until(lambda: len(bot.updates) == 0) is True
        await api("deleteWebhook")


async def test_servers_take_turns_as_behind_a_balancer(
    api: Any, world: World, bot: Bot, anna: Person
) -> None:
    async with receiving() as one, receiving() as other:
        bot.servers = [each.url.removesuffix("/hook") for each in (one, other)]
        await api("setWebhook", url="https://voci.example.org/hook")
        webhook = bot.webhook
        for text in ("one", "two", "three", "four"):
            anna.say(bot, text)
        await world.until(lambda: len(bot.updates) == 0)
        assert [body["message"]["text"] for body in await one.until(2)] == ["one", "three"]
        assert [body["message"]["text"] for body in await other.until(2)] == ["two", "four"]
        await api("setWebhook", url="https://voci.example.org/hook")
        assert bot.webhook is webhook  # each of them sets it
        await api("deleteWebhook")


async def test_without_lines_updates_of_one_person_are_on_their_way_at_once(
    api: Any, bot: Bot, anna: Person
) -> None:
    bot.keeps_lines = False
    async with receiving(refuse=1) as receiver:
        anna.say(bot, "one")
        anna.say(bot, "two")
        await api("setWebhook", url=receiver.url)
        assert [body["message"]["text"] for body in await receiver.until(2)] == ["two", "one"]
        await api("deleteWebhook")


async def test_a_press_that_is_too_old_is_posted_no_more(
    api: Any, world: World, bot: Bot, anna: Person, clock: Any
) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    bot.inject("callback_query", {"id": "1", "from": {"id": anna.id}, "data": "x"})
    clock.move(151)
    await world.until(lambda: len(bot.updates) == 0)
    await api("deleteWebhook")


@pytest.mark.parametrize(
    ("update", "line"),
    [
        ({"update_id": 1, "message": {"chat": {"id": 5}, "from": {"id": 9}}}, ("chat", 5)),
        (
            {"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": {"id": 5}}}},
            ("callback_query", 9),
        ),
        ({"update_id": 1, "poll_answer": {"user": {"id": 9}}}, ("poll_answer", 9)),
        ({"update_id": 1, "poll": "hostile"}, ("update", 1)),
    ],
)
def test_what_stands_in_one_line(update: dict[str, Any], line: object) -> None:
    assert line_of(update) == line


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (
            {"url": "http://example.org/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org/hook", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_bad_webhooks_are_refused(api: Any, parameters: Any, reason: str) -> None:
    assert await api.refusal("setWebhook", **parameters) == (400, f"Bad Request: {reason}")


async def test_deliveries_end_with_the_server(world: World, bot: Bot, anna: Person) -> None:
    async with receiving() as receiver:
        async with serve(world) as url, httpx.AsyncClient() as client:
            await client.post(f"{url}/bot{bot.token}/setWebhook", json={"url": receiver.url})
            anna.say(bot, "one")
            await receiver.until(1)
        anna.say(bot, "two")
        assert len(await receiver.until(1)) == 1
