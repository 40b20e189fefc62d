"""What one centre costs among many: how its time grows with the number of the others.

Each file has a year of that many centres with 50 members. Each thing is done in all of them in
turn, in processor time; the best of the rounds counts. *Growth* is the exponent `e` of the line
time = a * centres^e that fits best: 0 is no growth, 1 means that twice as many cost twice as much.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bench.ballots import Agreeing
from bench.harness.figure import Figure
from bench.neighbours import year
from bench.neighbours.course import DONE, MOST, Took, best, exponent
from bench.neighbours.living import Living
from bench.neighbours.town import Town
from bot import app


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


async def _measured(size: Size, folder: Path) -> Took:
    async with AsyncExitStack() as stack:
        places = []
        for centres in size.centres:
            there = folder / str(centres)
            there.mkdir(mode=0o700)
            begin = time.perf_counter()
            await asyncio.to_thread(year.write, Town(there, centres))
            print(f"a year of {centres} centres: made in {time.perf_counter() - begin:.1f} s")
            place = Living(Town(there, centres))
            await place.open()
            stack.push_async_callback(place.close)
            places.append(place)
        return await best(places, size.rounds, time.process_time)


def measure(size: Size) -> dict[Figure, float]:
    """Each thing alone, among the most, and its growth."""
    with tempfile.TemporaryDirectory() as name, mock.patch.object(app, "HTTPXRequest", Agreeing):
        took = asyncio.run(_measured(size, Path(name)))
    figures: dict[Figure, float] = {}
    for name, of_this in took.items():
        figures[ALONE[name]] = of_this[size.centres[0]]
        figures[AMONG[name]] = of_this[size.centres[-1]]
        figures[GROWTH[name]] = exponent(of_this)
    return figures
