"""10,000 reminders through the outbox, on a moved clock, against the sandbox's enforced limits.

Counted: the rate on the moved clock beside the allowed 30 a second, refusals, and memory.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from bench.harness.figure import Figure
from bot.app import open_voci
from bot.bucket import OVERALL
from bot.clock import MovableClock
from bot.settings import Settings
from handlers.core.screen import Screen, dump
from sandbox.bots import Bot
from sandbox.server import serve
from sandbox.world import World
from storage import outbox
from storage.engine.transaction import Transaction

BEGIN = 1_764_763_200

ACCEPTED = Figure("accepted, of all", at_least=1)
RATE = Figure("on the moved clock", "a second")
OF_ALLOWED = Figure(f"of the allowed {OVERALL:g} a second", digits=3, at_least=0.97)
REFUSED = Figure("refused with 429", digits=0, at_most=0)
EARLY = Figure("memory after a tenth", "MB", 0)
LATE = Figure("memory at the end", "MB", 0)
GROWTH = Figure("memory at the end, of that after a tenth", at_most=1.1)
REAL = Figure("real time", "s", 1)
FIGURES = (ACCEPTED, RATE, OF_ALLOWED, REFUSED, EARLY, LATE, GROWTH, REAL)


@dataclass(frozen=True, slots=True)
class Size:
    """How many reminders, each to another person."""

    reminders: int


FULL, SMALL = Size(10_000), Size(40)


class LeapingClock(MovableClock):
    """Time passes only by sleeping: what is measured is the pacing, not this computer."""

    async def sleep(self, seconds: float) -> None:
        wake = self.now() + seconds
        await asyncio.sleep(0)
        if wake > self.now():
            self.move(wake - self.now())


def resident() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def forget(world: World, bot: Bot) -> int:
    """Count what the sandbox accepted and let it forget it: only Voci's memory is to be seen."""
    accepted = len(world.calls("sendMessage", ok=True))
    for call in world.log:
        if call.chat_id is not None:
            world.private_chats[bot.id, call.chat_id].messages.clear()
    world.log.clear()
    return accepted


async def send_all(size: Size) -> dict[Figure, float]:
    clock = LeapingClock(BEGIN)
    world = World(clock)
    bot = world.bot()
    people = [world.person(f"P{n}") for n in range(size.reminders)]
    for person in people:
        person.start(bot)
    bot.updates.drop_all()
    async with serve(world) as url:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                _env_file=None,
                bot_token=bot.token,
                telegram_api_url=url,
                data_dir=Path(folder),
            )
            async with open_voci(settings, clock) as voci:
                payload = dump(Screen(Markup("The assembly is tomorrow at 16:00.")))

                async def write(tx: Transaction) -> None:
                    for person in people:
                        await outbox.add(
                            tx,
                            key=f"bench:{person.id}",
                            chat_id=person.id,
                            payload=payload,
                            now=BEGIN,
                        )

                await voci.database.run(write)
                world.log.clear()
                began, real = clock.now(), time.perf_counter()
                accepted, early = 0, 0.0
                while await voci.sender.send_due():
                    accepted += forget(world, bot)
                    if not early and accepted >= size.reminders // 10:
                        early = resident()
                late = resident()
                passed = clock.now() - began
    rate = accepted / passed
    return {
        ACCEPTED: accepted / size.reminders,
        RATE: rate,
        OF_ALLOWED: rate / OVERALL,
        REFUSED: world.limits.refused,
        EARLY: early,
        LATE: late,
        GROWTH: late / early,
        REAL: time.perf_counter() - real,
    }


def measure(size: Size) -> dict[Figure, float]:
    """One run; an outbox that sends nothing raises ZeroDivisionError."""
    return asyncio.run(send_all(size))
