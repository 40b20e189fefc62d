"""The process that wipes a SQLite file: how it is started, how it ends, and what is said of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engine import sqlite_remains
from storage.engine.errors import Damaged, StorageError, Transient
from storage.engine.opening import open_database
from storage.engine.sqlite_wiping import wipe


async def test_a_database_that_nobody_is_in_the_way_of(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    try:
        assert await wipe(tmp_path / "voci.db")
    finally:
        await database.close()


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Another program in its place."""

    def put(text: str) -> None:
        path = tmp_path / "program.py"
        path.write_text(text)
        monkeypatch.setattr(sqlite_remains, "__file__", str(path))

    return put


async def test_somebody_in_the_way(instead: Callable[[str], None]) -> None:
    instead(f"raise SystemExit({sqlite_remains.IN_THE_WAY})")
    assert not await wipe(Path("voci.db"))


async def test_a_damaged_file(instead: Callable[[str], None]) -> None:
    instead(f"raise SystemExit({sqlite_remains.DAMAGED})")
    with pytest.raises(Damaged, match=r"voci\.db is damaged"):
        await wipe(Path("voci.db"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import sys; sys.stderr.write('SQLITE_FULL'); sys.exit(1)", "SQLITE_FULL"),
        ("raise KeyError('what somebody wrote')", "KeyError"),
        ("import os; os.kill(os.getpid(), 9)", "wiping ended with -9"),
    ],
)
async def test_any_other_end_is_named_without_its_text(
    instead: Callable[[str], None], text: str, said: str
) -> None:
    instead(text)
    with pytest.raises(StorageError) as raised:
        await wipe(Path("voci.db"))
    assert str(raised.value) == said


async def test_where_no_process_can_be_started_it_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(Transient, match="no process can be started"):
        await wipe(Path("voci.db"))


async def test_who_waits_for_it_is_cancelled_and_no_process_is_left(
    instead: Callable[[str], None], tmp_path: Path
) -> None:
    """It tells its number through a pipe with a name, which is opened once it is there."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    instead(
        "import os, time\n"
        f"with open({str(pipe)!r}, 'w') as pipe: pipe.write(str(os.getpid()))\n"
        "time.sleep(600)"
    )
    waiting = asyncio.create_task(wipe(Path("voci.db")))
    number = await asyncio.to_thread(pipe.read_text)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(ProcessLookupError):
        os.kill(int(number), 0)
