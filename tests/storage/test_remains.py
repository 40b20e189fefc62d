from __future__ import annotations

from pathlib import Path

import pytest
from kit.file_bytes import bytes_of

from storage import remains
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.remains import Wiper


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


async def test_what_is_noted_is_wiped_once_the_key_store_first(
    database: Database, keys_database: Database, wiped: list[str]
) -> None:
    only_sqlite(database)
    wiper = Wiper(database, keys_database)
    await wiper.begin()
    await wiper.done()
    assert wiped == [], "nothing was deleted yet"
    for _ in range(2):
        await database.run(remains.note)
    await wiper.begin()
    await wiper.done()
    assert wiped == ["keys", "main"]
    assert await left(database) is None
    await wiper.begin()
    await wiper.done()
    assert len(wiped) == 2


async def test_what_is_deleted_meanwhile_is_wiped_after_it(
    database: Database, keys_database: Database, wiped: list[str], monkeypatch: pytest.MonkeyPatch
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
    wiper = Wiper(database, keys_database)
    await wiper.begin()
    await wiper.done()
    assert wiped == ["keys", "main"] * 2
    assert await left(database) is None


@pytest.mark.parametrize("how", ["in the way", "fails", "breaks"])
async def test_what_is_not_wiped_stays_noted(
    database: Database,
    keys_database: Database,
    wiped: list[str],
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
    wiper = Wiper(database, keys_database)
    with monkeypatch.context() as patch:
        patch.setattr(database, "wipe_remains", not_now)
        await wiper.begin()
        await wiper.done()
    assert await left(database) == 1
    assert ("not wiped yet" in caplog.text) == (how != "in the way")
    await wiper.begin()
    await wiper.done()
    assert await left(database) is None


async def test_copies_in_pages_are_gone(database: Database, keys_database: Database) -> None:
    """The real process, on a table whose rows were put in and taken out in no order."""
    only_sqlite(database)
    words = [f"{number:04}" + "remarkable" * 9 for number in range(2_000)]
    async with database.transaction() as tx:
        rows = [(word, 1, 1) for word in words[::2] + words[1::2][::-1]]
        await tx.insert("messages", ("ref", "chat_id", "message_id"), rows)
        await tx.statement("DELETE FROM messages WHERE substr(ref, 4, 1) <> '7'")
        await tx.statement("DELETE FROM messages")
        await remains.note(tx)
    wiper = Wiper(database, keys_database)
    await wiper.begin()
    await wiper.done()
    async with database.reading() as tx:
        [row] = await tx.statement("PRAGMA database_list")
    assert b"remarkable" not in bytes_of([Path(row["file"])])
    await wiper.stop()
