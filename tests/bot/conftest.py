from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[object]:
    from kit.stage import open_stage

    async with open_stage(tmp_path, http=True) as stage:
        yield stage
