"""Between the commit of an erasure and its end: whatever fails or dies, it comes to its end."""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from kit.centre_rows import add_member
from kit.erasing_rows import (
    HERS,
    MEMBER,
    NAME,
    OTHERS,
    SECRET,
    TELEGRAM,
    carry_to_the_end,
    fill,
    herself,
)
from kit.wiping import eraser_of

from assembly.roles import Role
from storage import answers, members, round_states, rounds
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.errors import StorageError, Transient
from storage.engine.opening import open_database
from storage.erasure import erasing, erasures
from storage.erasure.erasures import KIND
from storage.members import Member
from storage.round_states import RoundState
from storage.secrets.cipher import Unreadable, seal
from storage.secrets.keys import KeyDestroyed, KeyStore
from storage.secrets.ledger import Ledger

MASTER = bytes(range(32))
STEPS = ("destroy", "append", "wipe keys", "wipe main", "end")


async def no_pause(seconds: float) -> None:
    assert seconds > 0


@pytest.fixture
async def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, MASTER, sleep=no_pause)


async def erase(database: Database, keys: KeyStore) -> str:
    """Fill, erase, commit; not yet carried to its end. Returns the mark."""
    await keys.create_key(MEMBER)
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        await fill(tx, HERS)
        her = await herself(tx)
        await erasing.erase(tx, keys, her, 100)
    return erasures.mark(keys, her)


async def pending(database: Database) -> list[erasures.Erasure]:
    async with database.reading() as tx:
        return await erasures.pending(tx)


def fail_at(step: str, eraser: Any, keys: Any, monkeypatch: pytest.MonkeyPatch, error: Any) -> None:
    """From now on this step fails."""

    async def failing(*_: object, **__: object) -> bool:
        if isinstance(error, Exception):
            raise error
        return bool(error())

    target = {
        "destroy": (keys, "destroy"),
        "append": (Ledger, "append"),
        "wipe keys": (keys.database, "wipe_remains"),
        "wipe main": (eraser._database, "wipe_remains"),
        "end": (eraser._database, "run"),
    }[step]
    monkeypatch.setattr(*target, failing)


async def test_the_key_goes_the_ledger_is_told_and_the_row_ends(
    database: Database, keys: KeyStore
) -> None:
    mark = await erase(database, keys)
    assert [each.member_id for each in await pending(database)] == [MEMBER]
    assert await keys.key(MEMBER)  # not before the commit
    await carry_to_the_end(database, keys)
    with pytest.raises(KeyDestroyed):
        await keys.key(MEMBER)
    entry = await Ledger(keys.database).find(KIND, mark)
    assert entry is not None
    assert (entry.at, entry.data) == (100, "")
    assert await pending(database) == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [StorageError("no"), Transient("busy")])
async def test_a_step_that_fails_leaves_it_pending_and_is_done_again(
    database: Database,
    keys: KeyStore,
    step: str,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    mark = await erase(database, keys)
    eraser = eraser_of(database, keys)
    with monkeypatch.context() as patch:
        fail_at(step, eraser, keys, patch, error)
        await eraser.catch_up()
        await eraser.wiped()
        assert "an erasure is not finished yet" in caplog.text
        assert str(TELEGRAM) not in caplog.text
        assert len(await pending(database)) == 1
    for _ in range(2):  # at the next tick, and once more for nothing
        await carry_to_the_end(database, keys)
    assert await pending(database) == []
    assert [each.subject for each in await Ledger(keys.database).entries(KIND)] == [mark]
    with pytest.raises(KeyDestroyed):
        await keys.key(MEMBER)


async def test_a_key_goes_only_once_the_ledger_knows_who_must_not_come_back(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await erase(database, keys)
    eraser = eraser_of(database, keys)
    with monkeypatch.context() as patch:
        fail_at("append", eraser, keys, patch, StorageError("no"))
        await eraser.catch_up()
        await eraser.wiped()
    assert await keys.key(MEMBER)


async def test_where_nobody_was_erased_nothing_is_written_anew(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    eraser = eraser_of(database, keys)
    for step in ("wipe keys", "wipe main"):
        fail_at(step, eraser, keys, monkeypatch, AssertionError("at every tick"))
    await eraser.catch_up()
    await eraser.wiped()


@pytest.mark.parametrize("step", ["wipe keys", "wipe main"])
async def test_a_reader_in_the_way_leaves_it_pending(
    database: Database, keys: KeyStore, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await erase(database, keys)
    eraser = eraser_of(database, keys)
    with monkeypatch.context() as patch:
        fail_at(step, eraser, keys, patch, lambda: False)
        await eraser.catch_up()
        await eraser.wiped()
    assert len(await pending(database)) == 1
    await eraser.catch_up()
    await eraser.wiped()
    assert await pending(database) == []


class Slow:
    """Wiping that lasts until it is let go, and how often it began."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
        self.go, self.begun, self.times = asyncio.Event(), asyncio.Event(), 0
        monkeypatch.setattr(database, "wipe_remains", self.wipe)

    async def wipe(self) -> bool:
        self.times += 1
        self.begun.set()
        await self.go.wait()
        return True


async def test_nobody_waits_for_the_files_to_be_wiped(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, database)
    mark = await erase(database, keys)
    eraser = eraser_of(database, keys)
    for _ in range(2):  # at the press and at a tick
        await eraser.catch_up()
        await slow.begun.wait()
    assert await Ledger(keys.database).find(KIND, mark)
    with pytest.raises(KeyDestroyed):
        await keys.key(MEMBER)
    assert len(await pending(database)) == 1
    slow.go.set()
    await eraser.wiped()
    assert await pending(database) == []
    assert slow.times == 1


async def test_whoever_is_erased_meanwhile_is_wiped_after_it(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, database)
    await erase(database, keys)
    eraser = eraser_of(database, keys)
    await eraser.catch_up()
    await slow.begun.wait()
    async with database.transaction() as tx:
        bruno = await members.get(tx, 11)
        assert bruno is not None
        await erasing.erase(tx, keys, bruno, 200)
    await eraser.catch_up()
    slow.go.set()
    await eraser.wiped()
    assert slow.times == 2
    assert await pending(database) == []


async def test_whoever_stops_the_bot_does_not_wait_either(
    database: Database, keys: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await erase(database, keys)
    with monkeypatch.context() as patch:
        slow = Slow(patch, database)
        eraser = eraser_of(database, keys)
        await eraser.stop()
        await eraser.catch_up()
        await slow.begun.wait()
        await eraser.stop()
    assert len(await pending(database)) == 1
    await carry_to_the_end(database, keys)
    assert await pending(database) == []


async def test_an_error_of_our_own_is_told_and_it_stays_pending(
    database: Database,
    keys: KeyStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await erase(database, keys)
    eraser = eraser_of(database, keys)
    fail_at("wipe main", eraser, keys, monkeypatch, ZeroDivisionError("ours"))
    await eraser.catch_up()
    await eraser.wiped()
    assert len(await pending(database)) == 1
    assert [each.levelname for each in caplog.records] == ["ERROR"]


async def test_whom_a_restored_database_brings_back_is_erased_again(
    database: Database, keys: KeyStore
) -> None:
    assert await erasing.erase_again(database, keys, 90) == 0
    await erase(database, keys)
    await carry_to_the_end(database, keys)
    assert await erasing.erase_again(database, keys, 150) == 0
    # The row of before, as a backup has it; and a newcomer to whom the freed id was given.
    for joined_at, found in ((5, 1), (100, 1), (101, 0)):
        async with database.transaction() as tx:
            await tx.statement(
                "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at) "
                f"VALUES ({MEMBER}, 1, {TELEGRAM}, 'user', '{NAME}', 'left', {joined_at})"
            )
        assert await erasing.erase_again(database, keys, 200) == found
        await carry_to_the_end(database, keys)
        assert await pending(database) == []
        async with database.reading() as tx:
            left = [each for each in await members.everybody(tx) if each.id == MEMBER]
        assert len(left) == 1 - found
    assert len(await Ledger(keys.database).entries(KIND)) == 1


async def test_somebody_else_with_a_freed_id_stays(database: Database, keys: KeyStore) -> None:
    await erase(database, keys)
    await carry_to_the_end(database, keys)
    async with database.transaction() as tx:
        await add_member(tx, MEMBER, name="Nina", telegram_id=99)
    assert await erasing.erase_again(database, keys, 200) == 0


async def test_several_at_once(database: Database, keys: KeyStore) -> None:
    await erase(database, keys)
    async with database.transaction() as tx:
        for row in await tx.statement("SELECT id FROM members ORDER BY id"):
            member = await members.get(tx, row["id"])
            assert member is not None
            await erasing.erase(tx, keys, member, 200)
    assert len(await pending(database)) == 4
    await carry_to_the_end(database, keys)
    assert await pending(database) == []
    assert len(await Ledger(keys.database).entries(KIND)) == 4


def test_a_mark_is_of_one_person_in_one_centre_under_one_number() -> None:
    keys = KeyStore(cast(Database, None), MASTER)
    her = Member(10, 1, 7, Role.USER, "Anna", "active", 0)
    others = (replace(her, id=11), replace(her, centre_id=2), replace(her, telegram_id=8))
    assert len({erasures.mark(keys, each) for each in (her, *others)}) == 4


def test_a_mark_tells_nothing_without_the_master_key() -> None:
    database: Any = None
    one, other = KeyStore(database, MASTER), KeyStore(database, bytes(32))
    assert one.fingerprint(b"1:1:7") == one.fingerprint(b"1:1:7")
    assert one.fingerprint(b"1:1:7") != one.fingerprint(b"2:1:7")
    assert one.fingerprint(b"1:1:7") != other.fingerprint(b"1:1:7")
    assert len(one.fingerprint(b"")) == 64


# What follows reads the bytes of the files, so it is about SQLite.


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[tuple[Database, KeyStore]]:
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}", sleep=no_pause)
    key_database = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    await schema.migrate(database)
    await schema.migrate(key_database)
    yield database, KeyStore(key_database, MASTER, sleep=no_pause)
    await key_database.close()
    await database.close()


def traces(folder: Path, *needles: bytes) -> list[bytes]:
    data = b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return [needle for needle in needles if needle in data]


async def crowd(database: Database, keys: KeyStore) -> None:
    """Many members who come in no order, so that pages are split and balanced."""
    chance = random.Random(4)
    numbers = chance.sample(range(1_000, 4_000), 300)
    async with database.transaction() as tx:
        for number in numbers:
            await add_member(tx, number, name=f"Somebody {number}")
            await tx.statement(f"INSERT INTO supports VALUES (20, {number})")
    for number in numbers[:80]:
        await keys.create_key(number)


async def test_no_byte_of_her_is_left_in_either_store(
    stores: tuple[Database, KeyStore], tmp_path: Path
) -> None:
    database, keys = stores
    async with database.transaction() as tx:
        await fill(tx, OTHERS)
        # Bruno only: in no other centre does anybody know her.
        await tx.statement("DELETE FROM members WHERE id = 13")
        await tx.statement(f"DELETE FROM messages WHERE chat_id = {TELEGRAM}")
        await fill(tx, HERS)
    key = await keys.create_key(MEMBER)
    await crowd(database, keys)
    async with database.transaction() as tx:
        current = await rounds.begin(tx, MEMBER, 3)
        assert current is not None
        await round_states.lay_out(tx, key, current, RoundState({"week": 4}))
        await answers.keep(tx, key, current.id, {"week": 4})
        sealed = seal(key, SECRET.encode(), b"proposal")
        await tx.run(
            "save_draft",
            telegram_id=TELEGRAM,
            centre_id=1,
            kind="propose",
            step="title",
            content=sealed,
            message_id=None,
            updated_at=9,
        )
        row = (await tx.rows("answers_of_round", round_id=current.id))[0]
        state = await tx.value("round_state", round_id=current.id)
    async with keys.database.reading() as tx:
        wrapped = await tx.value("data_key", member_id=MEMBER)
    needles = (
        NAME.encode(),
        TELEGRAM.to_bytes(6, "big"),
        str(TELEGRAM).encode(),
        row["sealed"],
        state,
        sealed,
        wrapped,
    )
    assert traces(tmp_path, *needles) == list(needles)  # it finds what is there
    old = tmp_path.parent / f"{tmp_path.name}-old"
    shutil.copytree(tmp_path, old)
    async with database.transaction() as tx:
        await erasing.erase(tx, keys, await herself(tx), 100)
    await carry_to_the_end(database, keys)
    assert traces(tmp_path, *needles) == []
    assert await pending(database) == []

    backup = await open_database(f"sqlite:///{old / 'voci.db'}")
    try:
        async with backup.reading() as tx:
            with pytest.raises(Unreadable):
                await answers.read(tx, await keys.create_key(MEMBER), current.id)
    finally:
        await backup.close()


async def test_while_somebody_reads_it_stays_pending_and_ends_later(
    stores: tuple[Database, KeyStore], tmp_path: Path
) -> None:
    database, keys = stores
    await erase(database, keys)
    other = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    try:
        async with other.reading() as tx:
            await tx.value("is_alive")
            await tx.rows("all_centres")
            await carry_to_the_end(database, keys)
            assert len(await pending(database)) == 1
        await carry_to_the_end(database, keys)
        assert await pending(database) == []
        assert traces(tmp_path, NAME.encode()) == []
    finally:
        await other.close()


KILLED = """
import asyncio, os, sys
sys.path[:0] = {paths!r}
from pathlib import Path
from kit.wiping import eraser_of
from storage.secrets import keys, ledger
from storage.engine import schema
from storage.engine.opening import open_database
from test_erasures import MASTER, STEPS, erase

async def main(folder, step):
    database = await open_database(f"sqlite:///{{folder}}/voci.db")
    key_database = await open_database(f"sqlite:///{{folder}}/keys.db", "keys")
    await schema.migrate(database)
    await schema.migrate(key_database)
    store = keys.KeyStore(key_database, MASTER)
    await erase(database, store)

    async def die(*_, **__):
        os._exit(9)

    if step == "destroy":
        store.destroy = die
    elif step == "append":
        ledger.Ledger.append = die
    elif step == "wipe keys":
        key_database.wipe_remains = die
    elif step == "wipe main":
        database.wipe_remains = die
    else:
        database.run = die
    eraser = eraser_of(database, store)
    await eraser.catch_up()
    await eraser.wiped()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("step", STEPS)
async def test_a_process_that_dies_at_any_step_is_followed_by_one_that_ends_it(
    tmp_path: Path, step: str
) -> None:
    here = Path(__file__)
    paths = [str(here.parents[3]), str(here.parents[2]), str(here.parent)]
    died = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KILLED.format(paths=paths),
        str(tmp_path),
        step,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await died.communicate()
    assert died.returncode == 9, said.decode()
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    key_database = await open_database(f"sqlite:///{tmp_path / 'keys.db'}", "keys")
    keys = KeyStore(key_database, MASTER)
    try:
        assert len(await pending(database)) == 1
        await carry_to_the_end(database, keys)
        assert await pending(database) == []
        assert len(await Ledger(key_database).entries(KIND)) == 1
        with pytest.raises(KeyDestroyed):
            await keys.key(MEMBER)
        assert traces(tmp_path, NAME.encode()) == []
    finally:
        await key_database.close()
        await database.close()
