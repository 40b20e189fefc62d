"""Things of the kind `test` that fall due."""

from __future__ import annotations

from typing import Any

from storage import schedules


async def plan(stage: Any, *subjects: int, earlier: int = 0) -> None:
    """One for each subject: at this moment, or so many seconds earlier."""
    now = stage.now - earlier
    async with stage.voci.database.transaction() as tx:
        for subject in subjects:
            await schedules.set(tx, "test", subject, now, "UTC")
