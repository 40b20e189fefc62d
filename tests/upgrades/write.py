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
from sandbox.cast.assemblies import Room
from sandbox.cast.hands import Hands
from sandbox.cast.words import titles
from sandbox.people import Person
from storage.engine.database import Database

TODAY = datetime(2026, 10, 14, 11, tzinfo=UTC).timestamp()  # a Wednesday
# Of the first two points that people have put forward, one is talked about, one goes on next time.
ENDINGS = ("talked", "goes-on")
LANGUAGE = "it"
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
    host = demo.people["Chiara"]
    wait = demo.pace.move
    room = Room(hands, demo.people, demo.theatre.group, LANGUAGE, random.Random(7), wait)
    async with demo.voci.database.reading() as tx:
        [following] = await tx.statement(
            "SELECT MIN(starts_at) AS at FROM assemblies WHERE status = 'convened'"
        )
    await demo.pace.move(following["at"] - demo.voci.clock.now())
    hands.say(host, "/assembly")
    await hands.settle()
    await press(hands, host, "aso")
    endings = list(ENDINGS)
    while endings:
        message, _ = hands.find(host, "stp", "n")
        if any(title in message.words.splitlines()[0] for title in titles(LANGUAGE).values()):
            await press(hands, host, "epn", endings.pop(0))
        await press(hands, host, "stp", "n")
    await scenes.put(room, host)
    intake.cancel()
    await asyncio.gather(intake, return_exceptions=True)


async def press(hands: Hands, host: Person, tag: str, *values: str) -> None:
    hands.press(host, tag, *values)
    await hands.settle()


async def left_behind() -> bytes:
    """The file of this version."""
    async with open_demo(0, TODAY) as demo:
        await live(demo, LANGUAGE, TODAY)
        await unfinished(demo)
        return gzip.compress(json.dumps(await written(demo)).encode(), mtime=0)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(asyncio.run(left_behind()))
