"""Voci on a machine of `machine.py`: started, killed at any step, started again."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kit.no_threads import no_threads
from kit.wire import request_over

from bot import app
from bot.app import Voci, open_voci
from bot.clock import Clock
from bot.outbox import Sender
from bot.settings import Settings
from storage.engine import sqlite_connection, sqlite_wiping
from storage.outbox import Outgoing
from tests.faults.machine import ROW, Line, Machine

TICK = 30.0  # seconds


class Process:
    """One process after the other on the same data."""

    def __init__(self, machine: Machine, settings: Settings, clock: Clock) -> None:
        self._machine = machine
        self._settings = settings
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._others: set[asyncio.Task[Any]] = set()
        self.voci: Voci | None = None
        self.deaths = 0

    @property
    def runs(self) -> bool:
        """Neither has it died, nor has it given up."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        self._machine.start()
        self._others = asyncio.all_tasks()
        self._task = asyncio.create_task(self._live())

    async def _live(self) -> None:
        async with open_voci(self._settings, self._clock) as voci:
            self.voci = voci
            async with asyncio.TaskGroup() as group:
                group.create_task(voci.sender.run())
                group.create_task(voci.intake.run())
                group.create_task(self._tick(voci))

    async def _tick(self, voci: Voci) -> None:
        while True:
            await voci.ticker.tick()
            await self._clock.sleep(TICK)

    async def look(self) -> None:
        """Start it again where it has died, or where it gave up at its start."""
        assert self._task is not None
        if self._machine.dead or self._task.done():
            await self.stop()
            self.deaths += 1
            self.start()

    async def stop(self) -> None:
        """It is gone, with all that it was doing; what was not committed is not there."""
        self._machine.dead = True
        self.voci = None
        theirs = asyncio.all_tasks() - self._others
        for task in theirs:
            task.cancel()
        await asyncio.gather(*theirs, return_exceptions=True)
        if self._task is not None:
            with suppress(BaseException):
                self._task.result()


@contextmanager
def standing_on(machine: Machine, telegram: Any, noise: random.Random) -> Iterator[None]:
    """Whatever is started meanwhile runs on this machine, and draws its keys from `noise`."""
    attempt = Sender._attempt

    async def noted(sender: Sender, row: Outgoing) -> Any:
        token = ROW.set(row.key)
        try:
            return await attempt(sender, row)
        finally:
            ROW.reset(token)

    async def wiped(_: Path) -> bool:
        machine.step()  # another process does it, in another time
        return True

    request = partial(request_over, Line(machine, telegram))
    with ExitStack() as stack:
        stack.enter_context(no_threads(machine.store, machine.step))
        stack.enter_context(patch.object(sqlite_wiping, "wipe", wiped))
        stack.enter_context(patch.object(app, "HTTPXRequest", request))
        stack.enter_context(patch.object(Sender, "_attempt", noted))
        # A killed process loses nothing that the machine has: it need not reach the disk.
        hasty = sqlite_connection._SETTINGS.replace("synchronous = FULL", "synchronous = OFF")
        stack.enter_context(patch.object(sqlite_connection, "_SETTINGS", hasty))
        stack.enter_context(patch.object(os, "urandom", noise.randbytes))
        stack.enter_context(patch.object(random, "_urandom", noise.randbytes))
        yield
