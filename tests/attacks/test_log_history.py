"""Whoever has SQLite's write-ahead logs can replay them, commit by commit: what do they see?

PostgreSQL's own log is its server's affair (docs/anonymity.md).
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.checkin_steps import WEDNESDAY, go_to, wants
from kit.file_bytes import bytes_of
from kit.stage import Stage

from assembly.roles import Role
from sandbox.people import Person
from storage import invitations
from storage.erasure.shredder import Shredder

HEADER, FRAME_HEADER = 32, 24  # bytes; sqlite.org/fileformat2.html#the_write_ahead_log


def commits(wal: Path) -> int:
    """How many commits can be told apart in a log."""
    data = bytes_of([wal])
    if not data:
        return 0
    step = FRAME_HEADER + struct.unpack(">I", data[8:12])[0]
    frames = range(HEADER, len(data) - step + 1, step)
    return sum(struct.unpack(">I", data[at + 4 : at + 8])[0] > 0 for at in frames)


def logs(stage: Stage) -> list[Path]:
    return [stage.folder / name for name in ("voci.db-wal", "keys.db-wal")]


def sizes(stage: Stage) -> list[int]:
    return [wal.stat().st_size for wal in logs(stage)]


async def some_history(stage: Stage) -> None:
    """Two people, one after the other, say that they are here, and one takes it back."""
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    others = [await stage.member(centre, group, name) for name in ("Anna", "Bruno")]
    await stage.convene(centre, paula)
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Open the assembly")
    for person in others:
        await stage.press(person, stage.last(group), "I’m here")


async def test_after_a_tick_there_is_no_history(stage: Stage) -> None:
    await some_history(stage)
    assert commits(logs(stage)[0]) > 10, "whoever opens it now sees who pressed before whom"
    assert commits(logs(stage)[1]) > 0
    await stage.voci.ticker.tick()
    assert sizes(stage) == [0, 0]


@pytest.fixture
def readers(stage: Stage) -> Iterator[list[sqlite3.Connection]]:
    """Somebody reads both databases, as a backup does."""
    found = []
    for name in ("voci.db", "keys.db"):
        connection = sqlite3.connect(stage.folder / name, isolation_level=None)
        connection.execute("BEGIN")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
        found.append(connection)
    yield found
    for connection in found:
        connection.close()


async def test_while_somebody_reads_it_is_tried_again_at_each_tick(
    stage: Stage, readers: list[sqlite3.Connection], caplog: pytest.LogCaptureFixture
) -> None:
    await some_history(stage)
    for _ in range(3):
        await stage.voci.ticker.tick()
    assert min(sizes(stage)) > 0
    assert [line for line in caplog.messages if "emptied" in line] == [
        "the log of the main database can't be emptied: it is being read",
        "the log of the keys database can't be emptied: it is being read",
    ]
    for connection in readers:
        connection.close()
    await stage.voci.ticker.tick()
    assert sizes(stage) == [0, 0]


@pytest.fixture
def emptied(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """How long the logs were each time after they were to be emptied."""
    found: list[list[int]] = []
    shred = Shredder.shred

    async def noted(self: Shredder) -> None:
        await shred(self)
        found.append(sizes(stage))

    monkeypatch.setattr(Shredder, "shred", noted)
    return found


async def confirmed(stage: Stage, person: Person, *buttons: str) -> None:
    await stage.say(person, "/me")
    await stage.press_each(person, *buttons)


@pytest.mark.parametrize(
    "buttons",
    [
        ("Leave the assembly", "Leave, and keep for a return"),
        ("Leave the assembly", "Leave, and erase now"),
        ("Erase everything", "Erase everything"),
    ],
    ids=["leaving", "leaving for good", "erasing"],
)
async def test_nothing_is_left_of_who_goes(
    stage: Stage, emptied: list[list[int]], buttons: tuple[str, ...]
) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await confirmed(stage, anna, *buttons)
    assert emptied == [[0, 0]], "at once, before any tick"


async def test_nothing_is_left_of_a_stranger_who_asks_to_be_forgotten(
    stage: Stage, emptied: list[list[int]]
) -> None:
    centre, _ = await stage.centre()
    carla = stage.world.person("Carla", language_code="en")
    token = await stage.write(invitations.add, centre_id=centre.id, role=Role.USER, now=stage.now)
    await stage.open_link(carla, stage.voci.services.link(f"i_{token}"))
    await confirmed(stage, carla, "Erase everything")
    assert emptied == [[0, 0]]


async def test_nothing_is_left_of_a_check_in_that_closed(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    await go_to(stage, WEDNESDAY)
    await stage.press_each(anna, "😊 Very good", "😕 A little", "Skip")
    assert commits(logs(stage)[0]) > 2, "that somebody pressed three times"
    await stage.voci.ticker.tick()
    assert sizes(stage) == [0, 0]
