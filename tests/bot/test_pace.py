from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from markupsafe import Markup

from bot.app import Voci, open_voci
from bot.demo import demo_settings
from bot.pace import DemoClock, Pace
from handlers.core.screen import Screen, dump
from sandbox.bots import Bot
from sandbox.server import serve
from sandbox.world import World
from storage import outbox

NOON = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC
SOMEBODY = 5_000_000_001


class Scene:
    """A bot whose outbox tests fill by hand."""

    def __init__(self, voci: Voci, world: World, bot: Bot, clock: DemoClock) -> None:
        self.voci, self.world, self.clock = voci, world, clock
        self.pace = Pace(voci, clock, lambda: len(world.calls("sendMessage")))
        self.chat = world.person("Anna").private(bot)
        self.chat.started = True
        bot.known.add(SOMEBODY)

    async def plan(self, key: str, at: int) -> None:
        payload = dump(Screen(Markup("{}").format(key)))
        async with self.voci.database.transaction() as tx:
            await outbox.add(
                tx, key=key, chat_id=SOMEBODY, payload=payload, now=NOON, not_before=at
            )


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock = DemoClock(NOON)
    world = World(clock)
    bot = world.bot()
    async with serve(world) as url:
        settings = demo_settings(bot.token, url, tmp_path, 1)
        async with open_voci(settings, clock) as voci:
            yield Scene(voci, world, bot, clock)


async def test_while_it_leaps_sleeping_costs_no_time() -> None:
    clock = DemoClock(NOON)
    await clock.sleep(3600)
    assert clock.now() == NOON + 3600


async def test_once_it_flows_sleepers_wait_and_moving_wakes_them() -> None:
    clock = DemoClock(NOON)
    clock.flow()
    sleeper = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    assert not sleeper.done()
    clock.move(3600)
    await sleeper
    assert clock.now() >= NOON + 3600


async def test_nothing_due_stays_where_it_is(scene: Scene) -> None:
    assert await scene.pace.next_due() is None
    await scene.pace.go_to_next()
    assert scene.pace.now() == NOON


async def test_the_next_thing_due_is_the_earliest(scene: Scene) -> None:
    await scene.plan("later", NOON + 900)
    await scene.plan("sooner", NOON + 600)
    assert await scene.pace.next_due() == NOON + 600


async def test_going_to_the_next_thing_sends_it_and_nothing_later(scene: Scene) -> None:
    await scene.plan("sooner", NOON + 600)
    await scene.plan("later", NOON + 9000)
    await scene.pace.go_to_next()
    assert [message.text for message in scene.chat.from_bots()] == ["sooner"]
    assert NOON + 600 <= scene.pace.now() < NOON + 9000
    assert await scene.pace.next_due() == NOON + 9000


async def test_a_leap_stops_at_everything_on_the_way(scene: Scene) -> None:
    await scene.plan("first", NOON + 600)
    await scene.plan("second", NOON + 1800)
    await scene.plan("tomorrow", NOON + 90_000)
    await scene.pace.move(3600)
    said = [(message.text, message.date) for message in scene.chat.from_bots()]
    assert said == [("first", NOON + 600), ("second", NOON + 1800)]
    assert scene.pace.now() == NOON + 3600


async def test_what_the_environment_says_does_not_reach_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOCI_DATABASE_URL", "postgresql://elsewhere/voci")
    monkeypatch.setenv("VOCI_MODE", "webhook")
    monkeypatch.setenv("VOCI_OPERATORS", "7")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("VOCI_KEYS_URL=postgresql://elsewhere/keys\n")
    settings = demo_settings("123456789:" + "a" * 35, "http://127.0.0.1:1", tmp_path, 5)
    assert settings.database_url == "sqlite:///voci.db"
    assert settings.keys_url == "sqlite:///keys.db"
    assert (settings.mode, settings.operators, settings.data_dir) == ("polling", (5,), tmp_path)
