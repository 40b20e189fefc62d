"""A backup of a database of each version before is put back by this one, with all that it keeps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from upgrades.old_centre import OldCentre

from storage.backups import backup, restoring
from storage.backups.backup_file import read
from storage.engine.opening import open_database

FILES = sorted(Path(__file__).parent.glob("*.json.gz"))

# What is in them, by its name then and now. Who wants to be checked in on, and who was there in the
# room, had other names in 0.1.0.
SAME = {
    "members": ("members",),
    "supports": ("supports",),
    "proposals": ("proposals",),
    "attendances": ("attendances",),
    "checkin_settings": ("checkin_settings", "checkin_wishes"),
    "reminder_settings": ("reminder_settings", "reminder_wishes"),
    "in_person_headcounts": ("in_person_headcounts", "hall_counts"),
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
async def test_nothing_that_a_backup_keeps_is_lost(
    file: Path, tmp_path: Path, make_url: Callable[[], Awaitable[str]]
) -> None:
    old = OldCentre.read(file)
    url, other = [
        (await make_url()).replace("sqlite:///", f"sqlite:///{tmp_path}/") for _ in range(2)
    ]
    await old.put(url, tmp_path)
    database, empty = await open_database(url), await open_database(other)
    try:
        await backup.take(database, tmp_path / "old.zip", old.at)
        with read(tmp_path / "old.zip") as copy:
            async with empty.migrating() as tx:
                await restoring.put_back(tx, empty.engine, copy, old.at, 0)
        async with empty.reading() as tx:
            for table, names in SAME.items():
                [found] = await tx.statement(f"SELECT COUNT(*) AS n FROM {table}")
                assert found["n"] == _written(old, names), table
    finally:
        await database.close()
        await empty.close()


def _written(old: OldCentre, names: tuple[str, ...]) -> int:
    content: dict[str, Any] = old.content["main"]
    return sum(len(old.rows(name)) for name in names if name in content)
