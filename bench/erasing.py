"""Wiping what deleting leaves in a database of 1 GB while somebody writes, beside SQLite's VACUUM.

Pages are full and half full, since rows were put in at random places, and a hundredth of them has
been deleted. Somebody else commits a row every 5 ms: how long the longest of these takes is how
long one has to wait. VACUUM, by which it was done before, has the database to itself, and a process
of its own, too, so that its memory can be told.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.harness.figure import Figure
from storage.engine.database import Database
from storage.engine.opening import open_database

SIZE = Figure("the database", "MB", 0)
ALONE = Figure("longest commit, nothing is wiped", "ms", 1)
LONGEST = Figure("longest commit while it is wiped", "ms", 1, at_most=200)
SECONDS = Figure("wiping", "s", 1)
LEFT = Figure("rows that are deleted and still found, before", "", 0)
LEFT_AFTER = Figure("rows that are deleted and still found, afterwards", "", 0, at_most=0)
MEMORY = Figure("memory of the process that wipes, at most", "MB", 0, at_most=40)
VACUUM = Figure("VACUUM, for which all wait", "s", 1)
VACUUM_MEMORY = Figure("memory of VACUUM, at most", "MB", 0)
FIGURES = (SIZE, ALONE, LONGEST, SECONDS, LEFT, LEFT_AFTER, MEMORY, VACUUM, VACUUM_MEMORY)

BATCH = 20_000
GONE = 100  # each hundredth row

VACUUMING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA temp_store = MEMORY")
connection.execute("VACUUM")
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many bytes the file shall have, and for how long commits are watched before."""

    length: int
    watched: float


FULL, SMALL = Size(1_000_000_000, 5), Size(3_000_000, 0.1)


def fill(path: Path, length: int) -> int:
    """Rows until the file is as long as it shall be; how many of them."""
    chance, number = random.Random(1), 0  # noqa: S311
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE written (id INTEGER PRIMARY KEY, mixed TEXT, what TEXT)")
    connection.execute("CREATE UNIQUE INDEX by_mixed ON written (mixed, what)")
    while path.stat().st_size < length:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO written VALUES (?, ?, ?)",
            (
                (each, f"{chance.random()}", f"<{each:09}>" * chance.randint(1, 20))
                for each in range(number, number + BATCH)
            ),
        )
        connection.execute("COMMIT")
        number += BATCH
    connection.execute("DELETE FROM written WHERE id % ? = 0", (GONE,))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return number


def still_found(path: Path, rows: int) -> int:
    """How many of the deleted rows stand somewhere in the file, read by another process."""
    command = ["grep", "--text", "--only-matching", "--extended-regexp", "<[0-9]{7}00>", str(path)]
    found = subprocess.run(command, capture_output=True, check=False).stdout  # noqa: S603
    return len({int(each[1:-1]) for each in found.split()} & set(range(0, rows, GONE)))


async def commits(database: Database) -> list[float]:
    """Seconds of each, until cancelled."""
    took: list[float] = []
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            begun = time.perf_counter()
            async with database.transaction() as tx:
                await tx.insert("written", ["mixed"], [[f"{random.random()}"]])  # noqa: S311
            took.append(time.perf_counter() - begun)
            await asyncio.sleep(0.005)
    return took


async def wiping(path: Path, size: Size) -> dict[Figure, float]:
    database = await open_database(f"sqlite:///{path}")
    try:
        writing = asyncio.create_task(commits(database))
        await asyncio.sleep(size.watched)
        writing.cancel()
        alone = await writing
        writing = asyncio.create_task(commits(database))
        begun = time.perf_counter()
        while not await database.wipe_remains():
            pass
        seconds = time.perf_counter() - begun
        writing.cancel()
        during = await writing
    finally:
        await database.close()
    return {ALONE: 1_000 * max(alone), LONGEST: 1_000 * max(during), SECONDS: seconds}


def peak_of_children() -> float:
    """The most memory that one of the processes that have ended had, in MB (Linux)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure(size: Size) -> dict[Figure, float]:
    """One database: filled, deleted from, wiped, and then vacuumed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.db"
        path.touch(0o600)
        rows = fill(path, size.length)
        values = {SIZE: path.stat().st_size / 1e6, LEFT: still_found(path, rows)}
        values |= asyncio.run(wiping(path, size))
        values[MEMORY] = peak_of_children()
        values[LEFT_AFTER] = still_found(path, rows)
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", VACUUMING, str(path)], check=True)  # noqa: S603
        values[VACUUM] = time.perf_counter() - begun
        values[VACUUM_MEMORY] = peak_of_children()
        return values
