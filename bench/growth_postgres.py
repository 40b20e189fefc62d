"""The same on PostgreSQL: what one centre costs among fewer others, in time that passes.

The years of `bench/growth.py`, copied into the server that the tests start, which writes nothing to
a disk. Most of the work is the server's, so time is what passes until a thing is done; the best of
the rounds counts. A busy machine therefore shows here more than on SQLite.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from unittest import mock

from bench.ballots import Agreeing
from bench.growth import Size
from bench.harness import postgres
from bench.harness.figure import Figure
from bench.neighbours import year
from bench.neighbours.course import DONE, MOST, Took, best, exponent
from bench.neighbours.living import Living
from bench.neighbours.town import NOW, Town
from bot import app
from storage.backups import moving
from storage.engine.database import Subject
from storage.engine.opening import open_database

FULL, SMALL = Size(centres=(1, 10, 30), rounds=8), Size(centres=(1, 2), rounds=1)

GROWTH = {name: Figure(f"PostgreSQL: growth of {name}", at_most=MOST) for name in DONE}
ALONE = {name: Figure(f"PostgreSQL: {name}, one centre", "ms", 1) for name in DONE}
AMONG = {name: Figure(f"PostgreSQL: {name}, among {FULL.centres[-1]}", "ms", 1) for name in DONE}
FIGURES = tuple(each[name] for name in DONE for each in (ALONE, AMONG, GROWTH))


async def _measured(size: Size, folder: Path, server: postgres.Server) -> Took:
    async with AsyncExitStack() as stack:
        places = []
        for centres in size.centres:
            there = folder / str(centres)
            there.mkdir(mode=0o700)
            town = Town(there, centres)
            await asyncio.to_thread(year.write, town)
            begin = time.perf_counter()
            urls = [await _copied(town, subject, server) for subject in ("main", "keys")]
            print(f"a year of {centres} centres: copied in {time.perf_counter() - begin:.1f} s")
            place = Living(town, *urls)
            await place.open()
            stack.push_async_callback(place.close)
            places.append(place)
        return await best(places, size.rounds, time.perf_counter)


async def _copied(town: Town, subject: Subject, server: postgres.Server) -> str:
    file = town.main if subject == "main" else town.keys
    url = await server.create(f"{subject}_{town.centres}")
    source = await open_database(f"sqlite:///{file}", subject)
    target = await open_database(url, subject)
    await moving.move(source, target, NOW)
    await server.analyze(url)  # as a server does by itself
    for each in (source, target):
        await each.close()
    return url


def measure(size: Size) -> dict[Figure, float]:
    """Each thing alone, among the most, and its growth."""
    with (
        tempfile.TemporaryDirectory() as name,
        mock.patch.object(app, "HTTPXRequest", Agreeing),
        postgres.serving() as server,
    ):
        took = asyncio.run(_measured(size, Path(name), server))
    figures: dict[Figure, float] = {}
    for name, of_this in took.items():
        figures[ALONE[name]] = of_this[size.centres[0]]
        figures[AMONG[name]] = of_this[size.centres[-1]]
        figures[GROWTH[name]] = exponent(of_this)
    return figures
