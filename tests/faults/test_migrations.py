"""The process is killed at every step of every migration of a lived-in centre.

What is there afterwards is the state before that migration or the one behind it, never between.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from upgrades.old_centre import OldCentre

from storage.engine import schema
from storage.engine.database import Subject
from storage.engine.opening import open_database
from tests.faults.machine import Killed, Machine, Weather
from tests.faults.migrating import AT, migrate
from tests.faults.process import standing_on
from tests.faults.virtual_time import VirtualLoop

UPGRADES = Path(__file__).parents[1] / "upgrades"


def state(file: Path) -> tuple[int, list[str]]:
    """The newest migration that is there, and all else that is: how it is made, and its rows."""
    connection = sqlite3.connect(file)
    try:
        [[version]] = connection.execute("SELECT max(version) FROM schema_versions")
        return version, list(connection.iterdump())
    finally:
        connection.close()


def run(work: Coroutine[Any, Any, None]) -> None:
    loop = VirtualLoop()
    try:
        loop.run_until_complete(work)
    finally:
        loop.close()


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        pytest.param(18, "main", marks=pytest.mark.long),
        pytest.param(38, "main", marks=pytest.mark.long),
        (65, "main"),
        (18, "keys"),
    ],
)
def test_killed_at_every_step_of_every_migration(
    written: int, subject: Subject, tmp_path: Path
) -> None:
    old = UPGRADES / f"{written:04}.json.gz"
    asyncio.run(OldCentre.read(old).put(f"sqlite:///{tmp_path}/voci.db", tmp_path))
    killed = tmp_path / {"main": "voci.db", "keys": "keys.db"}[subject]
    quiet = tmp_path / "quiet.db"
    shutil.copy(killed, quiet)
    noise, kills, step = random.Random(1), 0, 1
    begins, expected = state(quiet)
    version = begins
    while True:
        machine = Machine(noise, Weather(kills=(step,)))
        try:
            with standing_on(machine, None, noise):
                run(schema_of(killed, subject))
        except Killed:
            kills += 1
        found, content = state(killed)
        if found > version:
            asyncio.run(migrate(f"sqlite:///{quiet}", found - version, subject))
            version, expected = state(quiet)
            step = 0
        assert content == expected, f"after a kill at step {step} behind migration {version}"
        if not machine.dead:
            break
        step += 1
    assert version == len(schema.available(schema.MIGRATIONS / subject))
    print(f"{kills} kills on the way from {begins} to {version} of {subject}")
    assert kills > 2 * (version - begins), "each was met at its first statement and at its commit"


async def schema_of(file: Path, subject: Subject) -> None:
    """What a start does with the database's schema."""
    database = await open_database(f"sqlite:///{file}", subject)
    try:
        await schema.migrate(database, AT)
    finally:
        await database.close()
