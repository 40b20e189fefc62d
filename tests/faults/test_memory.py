"""An hour in which Telegram takes nothing: memory stays as it is, and all is sent soon after it."""

from __future__ import annotations

import asyncio
import gc
import random
import shutil
import tracemalloc
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.settings import Settings
from sandbox.app import create_app
from sandbox.world import World
from storage import outbox
from tests.faults import place
from tests.faults.crowd import Crowd
from tests.faults.life import Telegram, Wall
from tests.faults.machine import Machine, Storm, Weather
from tests.faults.process import Process, standing_on
from tests.faults.virtual_time import VirtualLoop

HOUR = 3_600.0
GROWTH = 256 << 10  # bytes in three quarters of an hour; a queue of tries would take megabytes
DRAINED = 120.0  # seconds
OURS = [tracemalloc.Filter(False, f"*/{each}/*") for each in ("tests", "sandbox", "kit")]


def held() -> int:
    """Bytes that Voci and its libraries hold, without the Telegram of the tests."""
    gc.collect()
    found = tracemalloc.take_snapshot().filter_traces(OURS)
    return sum(each.size for each in found.traces)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "what",
    [*(pytest.param(each, marks=pytest.mark.long) for each in ("429", "refused", "502")), "lost"],
)
def test_an_hour_without_telegram_takes_no_memory(what: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir(mode=0o700)
    place.build(made)
    lives = tmp_path / "lives"
    shutil.copytree(made, lives)
    loop = VirtualLoop()
    tracemalloc.start()
    try:
        loop.run_until_complete(_live(what, loop, lives))
    finally:
        tracemalloc.stop()
        loop.close()


async def _live(what: str, loop: VirtualLoop, folder: Path) -> None:
    noise = random.Random(1)
    machine = Machine(noise, Weather(storms=(Storm(what, 120.0, HOUR + 120.0),)))
    world = World(Telegram(loop))
    bot, group, people = place.gather(world)
    crowd = Crowd(noise, bot, group, people, again=False)
    settings = Settings(
        _env_file=None,
        bot_token=bot.token,
        telegram_api_url="http://telegram",
        data_dir=folder,
        operators=(),
        mode="polling",
    )
    with standing_on(machine, create_app(world), random.Random(1)):
        process = Process(machine, settings, SystemClock(Wall(loop).now, loop.time))
        process.start()
        for _ in range(100):  # they go on pressing into the storm
            await asyncio.sleep(6)
            crowd.act()
        await asyncio.sleep(900 - loop.time())
        before, tasks = held(), len(asyncio.all_tasks())
        await asyncio.sleep(HOUR - loop.time())
        assert held() - before < GROWTH
        assert len(asyncio.all_tasks()) <= tasks + 5
        await asyncio.sleep(HOUR + 120.0 - loop.time() + DRAINED)
        assert process.runs
        assert process.voci is not None
        assert not len(bot.updates)
        async with process.voci.database.reading() as tx:
            due = await outbox.due(tx, int(process.voci.clock.now()))
        assert due.oldest_for <= DRAINED or not due.messages
        await process.stop()
