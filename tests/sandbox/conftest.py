from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.bots import Bot
from sandbox.people import Person
from sandbox.world import World

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00\xfd"
    b"\xd4\x9as\x00\x00\x00\x12IDATx\x9cc\xf8\xcf\xc0\xc0\x00\xc2\x0c\xff\xff\xff\x07\x00\x1b\xf2"
    b"\x05\xfb\xf3\x96\xd5\x17\x00\x00\x00\x00IEND\xaeB`\x82"
)


class MovedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = 1_790_000_000.0

    def now(self) -> float:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += seconds


@dataclass
class Api:
    """The Bot API as one bot calls it, without a socket."""

    client: httpx.AsyncClient
    token: str
    refusals: list[dict[str, Any]] = field(default_factory=list)

    async def raw(self, method: str, **parameters: Any) -> httpx.Response:
        return await self.client.post(f"/bot{self.token}/{method}", json=parameters)

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """The result of a call that is expected to succeed."""
        answer = (await self.raw(method, **parameters)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Code and description of a call that is expected to be refused."""
        response = await self.raw(method, **parameters)
        answer = response.json()
        assert answer["ok"] is False
        assert answer["error_code"] == response.status_code
        return answer["error_code"], answer["description"]

    async def updates(self, kind: str | None = None, offset: int = 0) -> list[dict[str, Any]]:
        """What waits in the inbox; with a kind, only the contents of updates of this kind."""
        found = await self("getUpdates", offset=offset)
        return found if kind is None else [each[kind] for each in found if kind in each]


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def world(clock: MovedClock) -> World:
    world = World(clock)
    world.limits.enforced = False
    return world


@pytest.fixture
def bot(world: World) -> Bot:
    return world.bot()


@pytest.fixture
def anna(world: World, bot: Bot) -> Person:
    """Somebody who has started the bot; the bot has fetched and acknowledged that."""
    anna = world.person("Anna", language_code="it", username="anna_b")
    anna.start(bot)
    bot.updates.drop_all()
    return anna


@pytest.fixture
async def api(world: World, bot: Bot) -> AsyncIterator[Api]:
    transport = httpx.ASGITransport(app=create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        yield Api(client, bot.token)
