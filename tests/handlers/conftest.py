from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[object]:
    from stage import open_stage

    async with open_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def no_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever people do in the test, the log has no error in it."""
    yield
    errors = [
        record.getMessage() + (f": {record.exc_info[1]!r}" if record.exc_info else "")
        for record in caplog.get_records("call")
        if record.levelno >= logging.ERROR
    ]
    assert errors == []
