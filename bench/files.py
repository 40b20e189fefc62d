"""What a year of members takes on disk, and what copying it takes in memory.

A year of 30 centres of 50 members, what was kept long enough forgotten, in a file that is written
anew and weighed. Backups are taken of that and of a third as much: each in a process of its own,
which says by how much its memory has grown at its peak.
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
from storage.backups import backup
from storage.engine.opening import open_database

MEMBER_YEAR = Figure("a member's year in the main database", "kB", 1, at_most=15)
LITTLE = Figure("memory for a backup of a third of it", "MB", 1)
ALL = Figure("memory for a backup of all of it", "MB", 1, at_most=30)
MORE = Figure("the second, beyond the first", "MB", 1, at_most=10)
FIGURES = (MEMBER_YEAR, LITTLE, ALL, MORE)


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


def _megabytes(town: Town) -> float:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.files", str(town.main)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


async def _copied(path: Path) -> float:
    """By how many MB the peak of this process grows while a backup is taken."""
    database = await open_database(f"sqlite:///{path}")
    async with database.reading() as tx:
        await tx.statement("SELECT COUNT(*) FROM centres")
    before = _peak()
    await backup.take(database, path.with_name("backup.zip"), 0)
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
        of_little, of_all = _megabytes(little), _megabytes(every)
        return {
            MEMBER_YEAR: every.main.stat().st_size / (MEMBERS * size.all) / 1000,
            LITTLE: of_little,
            ALL: of_all,
            MORE: of_all - of_little,
        }


if __name__ == "__main__":
    print(asyncio.run(_copied(Path(sys.argv[1]))))
