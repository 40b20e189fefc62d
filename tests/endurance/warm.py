"""Real processes of `voci run`, each forked from one that has loaded all modules.

Loading them is most of a start: a life of which only its end is of interest begins behind it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping
from pathlib import Path

KILLS = int(os.environ.get("KILLS", "50"))  # in each of the long tests: make endurance KILLS=1000
ROUND = 25  # kills, behind which what they have left is looked at

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(
    ["bot.cli", "bot.runner", "bot.logs", "httpcore", "storage.engine.sqlite", "pytest"]
)


def _run(environment: Mapping[str, str], log: Path) -> None:
    os.environ.update(environment)
    with log.open("ab") as end:
        os.dup2(end.fileno(), sys.stderr.fileno())
    sys.argv = ["voci", "run"]
    from bot.cli import main

    main()


class WarmProcess:
    """One of them, asked and ended like a process of asyncio."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._process = _FORKING.Process(target=_run, args=(dict(environment), log), daemon=True)

    async def start(self) -> None:
        """It runs; SIGKILL can meet it from here on."""
        await asyncio.to_thread(self._process.start)
        # In one thread only: the end of a process can be read once.
        self._ended = asyncio.ensure_future(asyncio.to_thread(self._process.join))

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode if self._ended.done() else None

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    async def wait(self) -> int:
        """What it ended with; below 0 the signal that ended it."""
        await asyncio.shield(self._ended)
        assert self._process.exitcode is not None
        return self._process.exitcode


async def start_warm(environment: Mapping[str, str], log: Path) -> WarmProcess:
    """A real process, which writes down what it says."""
    process = WarmProcess(environment, log)
    await process.start()
    return process
