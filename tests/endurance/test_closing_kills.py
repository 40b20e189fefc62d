"""SIGKILL at every step of closing a decision: it is closed right, or still open."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("closing_kills.py")


async def kills(
    engine: str, folder: Path, steps: str, *, at_random: int = 0, socket: str = ""
) -> dict[str, Any]:
    """Each in a process of its own; what was left is judged there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(DRIVER),
        engine,
        str(folder),
        steps,
        str(at_random),
        socket,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": f"{DRIVER.parents[2]}:{DRIVER.parents[1]}"},
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()[-3000:]
    found: dict[str, Any] = json.loads(out)
    return found


async def test_killed_around_every_commit(tmp_path: Path) -> None:
    found = await kills("sqlite", tmp_path, "commits")
    assert found["killed"] == found["open"] + found["closed"] >= 12
    # It was killed on both sides of the commit that closes, and closed right after each.
    assert min(found["open"], found["closed"]) > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_killed_at_every_step(tmp_path: Path) -> None:
    found = await kills("sqlite", tmp_path, "all", at_random=60)
    print(found)
    assert found["runs"] == found["steps"] + 60 >= 120
    assert found["killed"] >= found["steps"]  # of the random ones a few come too late
    assert found["open"] + found["closed"] == found["runs"]


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_killed_at_many_steps_on_postgresql(tmp_path: Path, postgres_server: str) -> None:
    found = await kills("postgresql", tmp_path, "all", socket=postgres_server)
    print(found)
    assert found["killed"] == found["open"] + found["closed"] == found["steps"] >= 60
