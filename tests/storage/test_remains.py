from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from kit.file_bytes import bytes_of

from storage import remains
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.remains import LONGEST, QUIET, Wiper


async def left(database: Database) -> int | None:
    async with database.reading() as tx:
        found: int | None = await tx.value("remains_left")
        return found


@pytest.fixture
def wiped(
    database: Database, keys_database: Database, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Which stores were wiped, in turn; none really is."""
    seen: list[str] = []
    for store in (database, keys_database):

        async def wipe(store: Database = store) -> bool:
            seen.append(store.subject)
            return True

        monkeypatch.setattr(store, "wipe_remains", wipe)
    return seen


def only_sqlite(database: Database) -> None:
    if database.engine != "sqlite":
        pytest.skip("PostgreSQL keeps dead rows whatever is done")


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def look(wiper: Wiper) -> None:
    """As a tick does, and waits for what it has begun."""
    await wiper.begin()
    await wiper.done()


async def test_the_keys_are_wiped_at_once_and_the_rest_when_nothing_more_was_noted(
    database: Database, keys_database: Database, wiped: list[str], clock: Clock
) -> None:
    only_sqlite(database)
    wiper = Wiper(database, keys_database, clock.now)
    await look(wiper)
    assert wiped == [], "nothing was deleted yet"
    for _ in range(2):
        await database.run(remains.note)
    await look(wiper)
    await look(wiper)
    assert wiped == ["keys"]
    clock.seconds += QUIET - 1
    await look(wiper)
    assert (wiped, await left(database)) == (["keys"], 2)
    clock.seconds += 1
    await look(wiper)
    assert (wiped, await left(database)) == (["keys", "main"], None)
    await look(wiper)
    assert len(wiped) == 2
    await database.run(remains.note)
    await look(wiper)
    assert wiped == ["keys", "main", "keys"], "the next waits anew"


async def test_an_evening_of_twenty_closings_wipes_the_large_file_a_few_times(
    database: Database, keys_database: Database, wiped: list[str], clock: Clock
) -> None:
    only_sqlite(database)
    wiper = Wiper(database, keys_database, clock.now)
    await look(wiper)
    noted, waited = list[float](), list[float]()
    for half_minute in range(2 * 60 * 4):
        if half_minute % 12 == 0 and half_minute < 20 * 12:
            await database.run(remains.note)
            noted.append(clock.seconds)
        before = wiped.count("main")
        await look(wiper)
        if wiped.count("main") > before:
            waited += [clock.seconds - at for at in noted]
            noted.clear()
        clock.seconds += 30
    assert wiped.count("keys") == 20 == len(waited) and not noted
    assert wiped.count("main") == 2
    assert max(waited) == LONGEST


async def test_what_was_noted_before_the_start_does_not_wait(
    database: Database, keys_database: Database, wiped: list[str], clock: Clock
) -> None:
    only_sqlite(database)
    await database.run(remains.note)
    await look(Wiper(database, keys_database, clock.now))
    assert (wiped, await left(database)) == (["keys", "main"], None)


async def test_what_is_deleted_meanwhile_stays_noted(
    database: Database,
    keys_database: Database,
    wiped: list[str],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only_sqlite(database)
    wipe, late = database.wipe_remains, [1]

    async def while_somebody_deletes() -> bool:
        if late:
            late.pop()
            await database.run(remains.note)
        return await wipe()

    monkeypatch.setattr(database, "wipe_remains", while_somebody_deletes)
    await database.run(remains.note)
    wiper = Wiper(database, keys_database, clock.now)
    await look(wiper)
    assert (wiped, await left(database)) == (["keys", "main"], 2)
    await look(wiper)
    clock.seconds += QUIET
    await look(wiper)
    assert (wiped, await left(database)) == (["keys", "main"] * 2, None)


async def test_one_thing_wipes_at_a_time_and_an_erasure_takes_along_what_is_noted(
    database: Database, keys_database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_sqlite(database)
    began, ended, at_once = list[str](), list[str](), list[int]()
    wipes, go_on = asyncio.Event(), asyncio.Event()
    for store in (database, keys_database):

        async def wipe(store: Database = store) -> bool:
            began.append(store.subject)
            at_once.append(len(began) - len(ended))
            wipes.set()
            await go_on.wait()
            ended.append(store.subject)
            return True

        monkeypatch.setattr(store, "wipe_remains", wipe)
    await database.run(remains.note)
    wiper = Wiper(database, keys_database, clock.now)
    erasing = asyncio.create_task(wiper.wipe())
    await wipes.wait()
    await wiper.begin()
    for _ in range(100):
        await asyncio.sleep(0)
    go_on.set()
    assert await erasing
    await wiper.done()
    assert (ended, max(at_once)) == (["keys", "main"], 1)
    assert await left(database) is None


@pytest.mark.parametrize("how", ["in the way", "fails", "breaks"])
async def test_what_is_not_wiped_stays_noted(
    database: Database,
    keys_database: Database,
    wiped: list[str],
    clock: Clock,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    only_sqlite(database)

    async def not_now() -> bool:
        if how == "in the way":
            return False
        raise Transient("SQLITE_BUSY") if how == "fails" else ValueError("no such thing")

    await database.run(remains.note)
    wiper = Wiper(database, keys_database, clock.now)
    with monkeypatch.context() as patch:
        patch.setattr(database, "wipe_remains", not_now)
        await wiper.begin()
        await wiper.done()
    assert await left(database) == 1
    assert ("not wiped yet" in caplog.text) == (how != "in the way")
    await wiper.begin()
    await wiper.done()
    assert await left(database) is None


async def test_copies_in_pages_are_gone(
    database: Database, keys_database: Database, clock: Clock
) -> None:
    """The real process, on a table whose rows were put in and taken out in no order."""
    only_sqlite(database)
    words = [f"{number:04}" + "remarkable" * 9 for number in range(2_000)]
    async with database.transaction() as tx:
        rows = [(word, 1, 1) for word in words[::2] + words[1::2][::-1]]
        await tx.insert("messages", ("ref", "chat_id", "message_id"), rows)
        await tx.statement("DELETE FROM messages WHERE substr(ref, 4, 1) <> '7'")
        await tx.statement("DELETE FROM messages")
        await remains.note(tx)
    wiper = Wiper(database, keys_database, clock.now)
    await wiper.begin()
    await wiper.done()
    async with database.reading() as tx:
        [row] = await tx.statement("PRAGMA database_list")
    assert b"remarkable" not in bytes_of([Path(row["file"])])
    await wiper.stop()
