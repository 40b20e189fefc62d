from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.bots import Bot
from sandbox.chats import Group
from sandbox.page.routes import page_routes
from sandbox.page.theatre import Theatre
from sandbox.people import Person
from sandbox.world import World

HOME = "http://127.0.0.1:8765"


class Hand:
    """A clock's hand that notes how it was moved."""

    def __init__(self) -> None:
        self.moves: list[object] = []

    async def next_due(self) -> int | None:
        return 1_790_000_600

    async def go_to_next(self) -> None:
        self.moves.append("next")

    async def move(self, seconds: int) -> None:
        self.moves.append(seconds)


@dataclass
class Page:
    """The page as a browser uses it, without a socket; Anna is in the group, Samir is not."""

    client: httpx.AsyncClient
    theatre: Theatre
    hand: Hand
    anna: Person
    samir: Person
    group: Group

    async def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def act(self, who: Person, what: str, **more: Any) -> httpx.Response:
        asked = {"person": who.id, "act": what, **more}
        return await self.client.post("/page/act", json=asked, headers={"Origin": HOME})

    async def view(self, who: Person) -> Any:
        return (await self.get(f"/page/view?person={who.id}")).json()


@pytest.fixture
async def page(world: World, bot: Bot) -> AsyncIterator[Page]:
    hand = Hand()
    theatre = Theatre(world, bot, "Europe/Rome", hand)
    anna = world.person("Anna", last_name="Kofler", language_code="de")
    samir = world.person("Samir", language_code="en")
    theatre.enter(anna, "family")
    theatre.enter(samir, "user")
    theatre.group = group = anna.create_group("Centro Aurora", kind="supergroup")
    anna.add(group, bot)
    app = create_app(world, page_routes(theatre))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOME) as client:
        yield Page(client, theatre, hand, anna, samir, group)
