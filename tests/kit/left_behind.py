"""What a process of the tests started is ended with it, also where it was ended for hanging.

pytest-timeout ends a process of pytest-xdist at once, and no fixture of it comes to its end: its
bots and its server of PostgreSQL would run on. Whatever it started has its name in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

PATIENCE = 2.0  # seconds


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    """In the process that hands out the tests: one of those that run them is gone."""
    if error is None:
        return
    given = node.workerinput  # type: ignore[attr-defined]
    left = list(
        _of(
            {
                "PYTEST_XDIST_WORKER": given["workerid"],
                "PYTEST_XDIST_TESTRUNUID": given["testrunuid"],
            }
        )
    )
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, stubborn = psutil.wait_procs(left, PATIENCE)
    for process in stubborn:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def _of(environment: dict[str, str]) -> Iterator[psutil.Process]:
    """The processes that were started with all of this in their environment."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and environment.items() <= process.environ().items():
                yield process
