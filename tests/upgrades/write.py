"""Writes a lived-in centre as this version leaves it: `python -m upgrades.write FILE` below tests/.

The demo's cast lives its weeks; then an assembly opens, two questions are put, somebody votes, and
check-ins are half answered. Both databases are written down whole, open things included, which a
backup leaves out, with the master key: everything in it is made up.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.demo import Demo, live, open_demo
from sandbox.cast import assemblies as scenes
from sandbox.cast.hands import Hands
from storage.engine.database import Database

TODAY = datetime(2026, 10, 14, 11, tzinfo=UTC).timestamp()  # a Wednesday
# At the first point it is done, at the second it waits for next time.
STEPS = (("d",), ("n",), ("p",), ("n",))
VALUES = {bytes: lambda value: {"base64": base64.b64encode(value).decode()}}


async def written(demo: Demo) -> dict[str, Any]:
    """All that there is, as JSON can say it."""
    voci = demo.voci
    return {
        "at": int(voci.clock.now()),
        "people": {name: person.id for name, person in demo.people.items()},
        "main": await tables(voci.database),
        "keys": await tables(voci.keys.database),
        "master_key": base64.b64encode(voci.settings.master_key_path.read_bytes()).decode(),
    }


async def tables(database: Database) -> dict[str, Any]:
    """Each table with its columns and rows, in an order in which they can be put back."""
    found: dict[str, Any] = {}
    async with database.reading() as tx:
        names = await tx.statement("SELECT name FROM sqlite_master WHERE type = 'table'")
        for name in (row["name"] for row in names if not row["name"].startswith("sqlite_")):
            columns = [row["name"] for row in await tx.statement(f"PRAGMA table_info({name})")]
            rows = await tx.statement(f"SELECT {', '.join(columns)} FROM {name}")
            found[name] = {
                "columns": columns,
                "rows": [[said(row[column]) for column in columns] for row in rows],
            }
    return found


def said(value: object) -> object:
    return VALUES[bytes](value) if isinstance(value, bytes) else value


async def unfinished(demo: Demo) -> None:
    """What is open when the program is changed: an assembly at its third point, and a question."""
    hands = Hands(demo.theatre, demo.settle)
    intake = asyncio.create_task(demo.voci.intake.run())
    people, group = demo.people, demo.theatre.group
    host = people["Chiara"]
    async with demo.voci.database.reading() as tx:
        [following] = await tx.statement(
            "SELECT MIN(starts_at) AS at FROM assemblies WHERE status = 'convened'"
        )
    await demo.pace.move(following["at"] - demo.voci.clock.now())
    await scenes.begin(hands, host)
    await scenes.at_the_desk(hands, host, "walk")
    for step in STEPS:
        hands.press(host, "stp", *step)
        await hands.settle()
    noise = random.Random(7)
    await scenes.decide(hands, people, host, group, noise)
    intake.cancel()
    await asyncio.gather(intake, return_exceptions=True)


async def left_behind() -> bytes:
    """The file of this version."""
    async with open_demo(0, TODAY) as demo:
        await live(demo, "it", TODAY)
        await unfinished(demo)
        return gzip.compress(json.dumps(await written(demo)).encode(), mtime=0)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(asyncio.run(left_behind()))
