"""What one centre costs among many: how its time grows with the number of the others.

Each file has a year of that many centres with 50 members. Each thing is done in all of them in
turn, in processor time; the best of the rounds counts. *Growth* is the exponent `e` of the line
time = a * centres^e that fits best: 0 is no growth, 1 means that twice as many cost twice as much.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bench.ballots import Agreeing
from bench.harness.figure import Figure
from bench.neighbours import year
from bench.neighbours.living import Living
from bench.neighbours.town import Town
from bot import app

MOST = 0.1

Step = Callable[[Living], Awaitable[None]]
DONE: Mapping[str, Step] = {
    "a tick": Living.tick,
    "putting a question": Living.put,
    "ten ballots": Living.ballots,
    "closing a question": Living.end,
    "a summary": Living.release,
    "erasing a member": Living.erase,
    "a start after an outage": Living.restart,
}
# What has to be done before, or after, and is not measured.
BEFORE: Mapping[str, Step] = {
    "a summary": Living.window_ends,
    "a start after an outage": Living.go_away,
}
AFTER: Mapping[str, Step] = {
    "closing a question": Living.wiped,
    "a summary": Living.wiped,
    "erasing a member": Living.wiped,
    "a start after an outage": Living.shown_again,
}


@dataclass(frozen=True, slots=True)
class Size:
    """How many centres there are in each file, and in how many rounds all is done."""

    centres: tuple[int, ...]
    rounds: int


FULL, SMALL = Size(centres=(1, 10, 100), rounds=5), Size(centres=(1, 2), rounds=1)

GROWTH = {name: Figure(f"growth of {name}", at_most=MOST) for name in DONE}
ALONE = {name: Figure(f"{name}, one centre", "ms", 1) for name in DONE}
AMONG = {name: Figure(f"{name}, among {FULL.centres[-1]}", "ms", 1) for name in DONE}
FIGURES = tuple(each[name] for name in DONE for each in (ALONE, AMONG, GROWTH))

Took = dict[int, dict[str, float]]  # by number of centres: milliseconds


async def _rounds(size: Size, folder: Path) -> Took:
    took: Took = {centres: dict.fromkeys(DONE, math.inf) for centres in size.centres}
    async with AsyncExitStack() as stack:
        places = []
        for centres in size.centres:
            there = folder / str(centres)
            there.mkdir(mode=0o700)
            begin = time.perf_counter()
            await asyncio.to_thread(year.write, Town(there, centres))
            print(f"a year of {centres} centres: made in {time.perf_counter() - begin:.1f} s")
            found = Living(Town(there, centres))
            await found.open()
            stack.push_async_callback(found.close)
            places.append(found)
        for _ in range(size.rounds):
            for name in DONE:
                for found in places:
                    spent = await _spent(found, name)
                    so_far = took[found.town.centres]
                    so_far[name] = min(so_far[name], spent)
    return took


async def _spent(found: Living, name: str) -> float:
    if name in BEFORE:
        await BEFORE[name](found)
    begin = time.process_time()
    await DONE[name](found)
    spent = time.process_time() - begin
    if name in AFTER:
        await AFTER[name](found)
    return spent * 1000


def exponent(took: Mapping[int, float]) -> float:
    """Of the line through the points in logarithms, by least squares."""
    sizes = [math.log(centres) for centres in took]
    times = [math.log(spent) for spent in took.values()]
    return statistics.linear_regression(sizes, times).slope


def measure(size: Size) -> dict[Figure, float]:
    """Each thing alone, among the most, and its growth."""
    with tempfile.TemporaryDirectory() as name, mock.patch.object(app, "HTTPXRequest", Agreeing):
        took = asyncio.run(_rounds(size, Path(name)))
    figures: dict[Figure, float] = {}
    for name in DONE:
        of_this = {centres: found[name] for centres, found in took.items()}
        print(name, {centres: round(spent, 1) for centres, spent in of_this.items()})
        figures[ALONE[name]] = of_this[size.centres[0]]
        figures[AMONG[name]] = of_this[size.centres[-1]]
        figures[GROWTH[name]] = exponent(of_this)
    return figures
