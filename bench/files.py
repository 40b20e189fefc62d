"""What a year of members takes on disk, and what copying it takes in memory.

A year of 30 centres of 50 members, what was kept long enough forgotten, in a file that is written
anew and weighed. That and a third as much are backed up, and moved into another file: each in a
process of its own, which says by how much its memory has grown at its peak.
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.harness.figure import Figure
from bench.neighbours import year
from bench.neighbours.town import MEMBERS, Town
from storage.backups import backup, moving
from storage.engine.database import Database
from storage.engine.opening import open_database

MEMBER_YEAR = Figure("a member's year in the main database", "kB", 1, at_most=15)
LITTLE = Figure("memory for a backup of a third of it", "MB", 1)
ALL = Figure("memory for a backup of all of it", "MB", 1, at_most=30)
MORE = Figure("the second, beyond the first", "MB", 1, at_most=10)
LITTLE_MOVED = Figure("memory for moving a third of it", "MB", 1)
ALL_MOVED = Figure("memory for moving all of it", "MB", 1, at_most=30)
MORE_MOVED = Figure("moving all, beyond moving a third", "MB", 1, at_most=10)
FIGURES = (MEMBER_YEAR, LITTLE, ALL, MORE, LITTLE_MOVED, ALL_MOVED, MORE_MOVED)


@dataclass(frozen=True, slots=True)
class Size:
    """How many centres."""

    little: int
    all: int


FULL, SMALL = Size(little=10, all=30), Size(little=1, all=2)


def _made(folder: Path, centres: int) -> Town:
    town = Town(folder / str(centres), centres)
    town.folder.mkdir(mode=0o700)
    year.write(town)
    with closing(sqlite3.connect(town.main)) as main:
        main.execute("VACUUM")
    return town


def _megabytes(town: Town, done_with_it: str) -> float:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.files", done_with_it, str(town.main)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


async def _backed_up(database: Database, folder: Path) -> None:
    await backup.take(database, folder / "backup.zip", 0)


async def _moved(database: Database, folder: Path) -> None:
    target = await open_database(f"sqlite:///{folder}/moved.db")
    await moving.move(database, target, 0)
    await target.close()


async def _copied(way: str, path: Path) -> float:
    """By how many MB the peak of this process grows while all of a file is copied."""
    database = await open_database(f"sqlite:///{path}")
    async with database.reading() as tx:
        await tx.statement("SELECT COUNT(*) FROM centres")
    before = _peak()
    await (_moved if way == "move" else _backed_up)(database, path.parent)
    grown = _peak() - before
    await database.close()
    return grown


def _peak() -> float:
    """Of this program alone: what getrusage says begins at the size of whoever has started it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measure(size: Size) -> dict[Figure, float]:
    """Each once: neither depends on how busy the machine is."""
    with tempfile.TemporaryDirectory() as name:
        little, every = (_made(Path(name), centres) for centres in (size.little, size.all))
        of_little, of_all = _megabytes(little, "backup"), _megabytes(every, "backup")
        little_moved, all_moved = _megabytes(little, "move"), _megabytes(every, "move")
        return {
            MEMBER_YEAR: every.main.stat().st_size / (MEMBERS * size.all) / 1000,
            LITTLE: of_little,
            ALL: of_all,
            MORE: of_all - of_little,
            LITTLE_MOVED: little_moved,
            ALL_MOVED: all_moved,
            MORE_MOVED: all_moved - little_moved,
        }


if __name__ == "__main__":
    print(asyncio.run(_copied(sys.argv[1], Path(sys.argv[2]))))
