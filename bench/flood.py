"""Ballots while one person presses 10,000 times, beside the same ballots without.

Both as in `ballots.py`, whose members and Telegram are borrowed. The flood comes as the intake
hands it over, a hundred at a time. Rounds with and without take turns.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from telegram import Update

from bench.ballots import AT_ONCE, Agreeing, gathered, in_turn, press
from bench.harness.figure import Figure
from bot import app
from bot.app import Voci, open_voci
from bot.clock import SystemClock
from bot.settings import Settings

BATCH = 100  # updates that Telegram hands over at once

CALM = Figure("others' ballots, nobody floods", "a second", 0)
FLOODED = Figure("others' ballots, one person presses 10,000 times", "a second", 0)
COSTS = Figure("time of others' ballots in a flood, of that without", at_most=1.5)
DEALT = Figure("of 10,000 presses of one person, dealt with", at_most=400, digits=0)
FIGURES = (CALM, FLOODED, COSTS, DEALT)


@dataclass(frozen=True, slots=True)
class Size:
    """How many members press, how often one of them floods, and in how many pairs of rounds."""

    members: int
    presses: int
    rounds: int


FULL, SMALL = Size(members=1_000, presses=10_000, rounds=5), Size(20, 200, 1)


async def flood(voci: Voci, updates: list[Update]) -> None:
    """All of one person's presses, as fast as they are taken."""
    for start in range(0, len(updates), BATCH):
        await asyncio.gather(*map(voci.processing.accept, updates[start : start + BATCH]))
        await asyncio.sleep(0)


async def rounds(size: Size) -> dict[Figure, float]:
    calm, flooded = [], []
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(_env_file=None, bot_token=f"7:{chr(65) * 35}", data_dir=Path(name))
        async with open_voci(settings, SystemClock()) as voci:
            decision_id = await gathered(voci, size.members + 1)
            numbers = iter(range(1, 10_000_000))

            def presses(members: list[int], choice: str) -> list[Update]:
                return [
                    press(voci, decision_id, next(numbers), member, choice) for member in members
                ]

            async def others(choice: str) -> float:
                await voci.delivery.finish()
                updates = presses(list(range(size.members)), choice)

                async def work(member: int) -> None:
                    await voci.processing.accept(updates[member])

                return (await in_turn(work, size.members, AT_ONCE))[0]

            await others("abstain")
            dealt = await _marked(voci)
            for _ in range(size.rounds):
                calm.append(await others("yes"))
                flooding = presses([size.members] * size.presses, "no")
                task = asyncio.create_task(flood(voci, flooding))
                flooded.append(await others("no"))
                await task
            dealt = await _marked(voci) - dealt - 2 * size.rounds * size.members
    return {
        CALM: statistics.median(calm),
        FLOODED: statistics.median(flooded),
        COSTS: statistics.median(
            before / meanwhile for before, meanwhile in zip(calm, flooded, strict=True)
        ),
        DEALT: dealt / size.rounds,
    }


async def _marked(voci: Voci) -> int:
    async with voci.database.reading() as tx:
        [row] = await tx.statement("SELECT count(*) AS n FROM updates")
        return int(row["n"])


def measure(size: Size) -> dict[Figure, float]:
    """The median of the rounds."""
    with mock.patch.object(app, "HTTPXRequest", Agreeing):
        return asyncio.run(rounds(size))
