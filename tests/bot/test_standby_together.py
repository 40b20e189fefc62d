"""Two whole processes that poll, on one PostgreSQL: one works, the other takes over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot import lease, standby
from bot.app import open_voci
from bot.clock import SystemClock
from bot.settings import Settings
from sandbox.server import serve
from sandbox.world import World


async def test_the_second_asks_telegram_for_nothing_until_the_first_has_ended(
    tmp_path: Path,
    postgres_url: Callable[[str], Awaitable[str]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for module in (lease, standby):
        monkeypatch.setattr(module, "EVERY", 0.05)
    clock = SystemClock()
    world = World(clock)
    bot, anna = world.bot(), world.person("Anna")
    async with AsyncExitStack() as stack:
        settings = Settings(
            _env_file=None,
            bot_token=bot.token,
            telegram_api_url=await stack.enter_async_context(serve(world)),
            data_dir=tmp_path,
            database_url=await postgres_url("main"),
            keys_url=await postgres_url("keys"),
            listen="",
        )
        both = [await stack.enter_async_context(open_voci(settings, clock)) for _ in range(2)]
        first = asyncio.create_task(both[0].run())
        await world.until(lambda: bot.updates.is_polled, 60)
        second = asyncio.create_task(both[1].run())
        anna.say(bot, "/start")
        await world.until(lambda: len(bot.updates) == 0, 60)
        done, _ = await asyncio.wait({second}, timeout=0.5)
        assert not done
        assert not world.calls("getUpdates", ok=False)  # nobody was sent away for another one
        assert caplog.messages.count(lease.STANDS_BY) == 1
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        anna.say(bot, "/start")
        await world.until(lambda: len(bot.updates) == 0, 60)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
    assert not world.calls("getUpdates", ok=False)
