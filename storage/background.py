"""Work that nobody waits for: one piece at a time, whose failure is told and leaves it undone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from storage.engine.errors import StorageError

log = logging.getLogger(__name__)


class Background:
    """Work that can be done again, as often as it was not brought to its end.

    `undone`: what is told where it fails, as in "an erasure is not finished yet".
    """

    def __init__(self, undone: str) -> None:
        self._undone = undone
        self._task: asyncio.Task[None] | None = None

    @property
    def goes_on(self) -> bool:
        """Whether what was begun has not ended."""
        return self._task is not None and not self._task.done()

    def begin(self, work: Callable[[], Awaitable[None]]) -> None:
        """Begins it where nothing goes on."""
        if not self.goes_on:
            self._task = asyncio.create_task(self._run(work))

    async def done(self) -> None:
        """Waits for what was begun, however it ends."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def stop(self) -> None:
        """Cuts it short. Call before the databases are closed."""
        if self._task is not None:
            self._task.cancel()
            await self.done()

    async def _run(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except StorageError as error:
            log.warning("%s: %s", self._undone, error)
        except Exception as error:
            log.error(self._undone, exc_info=error)
