"""One short life: a seed, and all that follows from it."""

from __future__ import annotations

import asyncio
import logging
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kit.running_bot import NOON

from assembly.immutable import immutable
from bot.clock import SystemClock
from bot.settings import Settings
from sandbox.app import create_app
from sandbox.world import World
from tests.faults import place, promises
from tests.faults.crowd import Crowd
from tests.faults.machine import FAULTS, LOCKED, Machine, Storm, Weather
from tests.faults.process import Process, standing_on
from tests.faults.virtual_time import VirtualLoop

ACTS = 60
BREATH = (0.0, 0.02, 0.3, 2.0, 20.0, 90.0)  # seconds between two acts
CALM = 20 * 60.0  # after the last act: long enough for every wait and retry
LEAPS = (-86_400, -3_600, 3_600, 86_400)
DAY = 86_400

DELIVERED_ONCE = ("disk", "clock")
WEATHERS = ("kills", "line", "storm", "disk", "clock", "again", "all")


@immutable
class Lived:
    """What came of a life."""

    seed: int
    weather: str
    broken: list[str]
    digest: str
    trace: list[str]
    deaths: int


@dataclass
class Wall:
    """The machine's clock on the wall, which can be set wrong."""

    loop: VirtualLoop
    wrong: float = 0.0

    def now(self) -> float:
        """UTC epoch seconds, as the machine believes."""
        return NOON + 600 + self.loop.time() + self.wrong


class Telegram:
    """Telegram's own clock, which is right."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def now(self) -> float:
        return NOON + 600 + self._loop.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Faults(logging.Handler):
    """Collects what the log calls an error of Voci's own; what is dead means nothing by it."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(logging.ERROR)
        self._machine = machine
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if self._machine.dead:
            return
        cause = record.exc_info[1] if record.exc_info else None
        self.seen.append(f"{record.getMessage()}: {type(cause).__name__} {cause}")


@contextmanager
def listening(machine: Machine) -> Iterator[Faults]:
    """What the log calls an error meanwhile."""
    faults = Faults(machine)
    logging.getLogger("bot").addHandler(faults)
    try:
        yield faults
    finally:
        logging.getLogger("bot").removeHandler(faults)


def live(seed: int, made: Path) -> Lived:
    """A life of the centre whose data lie in the folder `made`."""
    noise = random.Random(seed)
    weather = WEATHERS[seed % len(WEATHERS)]
    machine = Machine(noise, _weather(weather, noise))
    loop = VirtualLoop()
    loop.set_exception_handler(lambda *_: None)  # of tasks that died with their process
    with tempfile.TemporaryDirectory() as folder, listening(machine) as faults:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        try:
            wrong = loop.run_until_complete(_live(machine, loop, weather, Path(folder), faults))
        finally:
            loop.close()
    return Lived(seed, weather, wrong[0], machine.digest(), machine.trace, wrong[1])


async def _live(
    machine: Machine, loop: VirtualLoop, weather: str, folder: Path, faults: Faults
) -> tuple[list[str], int]:
    world = World(Telegram(loop), seed=machine.noise.randrange(2**32))
    bot, group, people = place.gather(world)
    crowd = Crowd(machine.noise, bot, group, people, again=weather not in DELIVERED_ONCE)
    wall = Wall(loop)
    settings = Settings(
        _env_file=None,
        bot_token=bot.token,
        telegram_api_url="http://telegram",
        data_dir=folder,
        operators=(),
        mode="polling",
    )
    with standing_on(machine, create_app(world), random.Random(1)):
        process = Process(machine, settings, SystemClock(wall.now, loop.time))
        process.start()
        for _ in range(ACTS):
            await asyncio.sleep(machine.noise.choice(BREATH))
            machine.note(crowd.act())
            await process.look()
            if weather in ("clock", "all") and machine.noise.random() < 0.05:
                wall.wrong += machine.noise.choice(LEAPS)
                machine.note("the clock leaps")
        machine.calm = True
        wall.wrong = 0.0
        await _rest(process)
        if process.voci is None:
            return ["it does not come back"], process.deaths
        wrong = await promises.broken(process.voci, world, crowd, machine)
        if len(bot.updates):
            wrong.append(f"{len(bot.updates)} updates were never fetched")
        if weather not in ("disk", "storm", "all"):
            wrong += faults.seen
        await process.stop()
    return wrong, process.deaths


async def _rest(process: Process) -> None:
    for _ in range(int(CALM / 60)):
        await asyncio.sleep(60)
        await process.look()


def _weather(kind: str, noise: random.Random) -> Weather:
    everything = kind == "all"
    kills = tuple(sorted(noise.sample(range(100, 4_000), 4)))
    begins = noise.uniform(0, 600)
    line = Storm(noise.choice(FAULTS), begins, begins + noise.choice((60.0, 600.0, 3_600.0)))
    disk = Storm(LOCKED, begins, begins + 30.0)
    return Weather(
        disk=0.01 if kind == "disk" or everything else 0.0,
        line=0.08 if kind == "line" or everything else 0.0,
        kills=kills if kind == "kills" or everything else (),
        again=kind == "again" or everything,
        storms=(line, disk) if kind == "storm" or everything else (),
    )
