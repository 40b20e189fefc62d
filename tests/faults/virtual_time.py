"""An event loop in which time passes only where nothing else is left to do.

Nothing runs beside it: no thread, no socket. What happens depends on the seed alone, and an hour
of waiting costs nothing.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from typing import Any

INSTANT = 1e-5  # seconds: the least that a wait takes, for epoch seconds are no finer than 2.4e-7


class Stuck(RuntimeError):
    """Everybody waits for something that nothing will bring about."""


class _NoSockets(selectors.SelectSelector):
    """Waits by letting the loop's time pass."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Stuck("nothing is left to happen")
        if timeout > 0:
            self.passed += max(timeout, INSTANT)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time begins at 0 and leaps to the next thing that is due."""

    def __init__(self) -> None:
        self._patience = _NoSockets()
        super().__init__(self._patience)

    def time(self) -> float:
        return self._patience.passed

    def run_in_executor(  # type: ignore[override]
        self, _executor: object, work: Callable[..., Any], *given: Any
    ) -> asyncio.Future[Any]:
        """At once, and in turn with everything else."""
        done = self.create_future()
        try:
            done.set_result(work(*given))
        except Exception as error:
            done.set_exception(error)
        return done
