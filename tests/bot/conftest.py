from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.core import registration
from handlers.core.unit_of_work import UnitOfWork
from storage import schedules
from storage.schedules import Schedule


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[object]:
    from kit.stage import open_stage

    async with open_stage(tmp_path, http=True) as stage:
        yield stage


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Subjects of the kind `test`, in the order in which they were dealt with."""
    seen: list[int] = []

    async def work(row: Schedule, unit: UnitOfWork) -> bool:
        seen.append(row.subject_id)
        if row.subject_id < 0:
            raise RuntimeError("broken")
        if row.subject_id >= 1000:  # takes another one's place while both are due
            await schedules.set(unit.tx, "test", 1, unit.now + 60, "UTC")
        await schedules.advance(unit.tx, row.id, None)
        return row.subject_id % 2 == 0

    monkeypatch.setitem(registration.due_kinds, "test", work)
    return seen
