"""An earlier copy of the database is put back while the key store went on: nothing reopens.

A plain copy of the file, as any system's backup makes; `voci restore` is in test_restored.py.
That it is older is known at start, and refused: tests/bot/test_stores.py. Here is what holds
besides, where it comes through all the same, as if all that came since had been cut off by a crash.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from kit.linking_attack import dump_file
from kit.phone_voters import Voters, gather_voters
from kit.stage import Stage

from assembly.rule import DecisionMethod
from handlers.core.unit_of_work import UnitOfWork
from handlers.decisions import closing
from handlers.decisions.presses import Cast
from sandbox.people import Person
from storage import ballots, decisions
from storage.centres import Centre
from storage.engine.errors import Transient
from storage.erasure import erasing
from storage.sealed_ballots import open_up
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import KeyDestroyed

pytestmark = pytest.mark.usefixtures("no_errors")

M = DecisionMethod
CHOICES = ("yes", "no", "yes", "yes", "no", "abstain")


def copied(source: Path, target: Path) -> None:
    """A whole copy, with what is in the write-ahead log."""
    with sqlite3.connect(source) as here, sqlite3.connect(target) as there:
        here.backup(there)
    here.close()
    there.close()


async def put_back(stage: Stage, copy: Path) -> None:
    """The operator stops the bot, puts the file back, and starts it again."""
    await stage.stop_bot()
    replace(stage.folder, copy)
    await stage.start_bot()
    await stage.tick()


def replace(folder: Path, copy: Path) -> None:
    for left in folder.glob("voci.db*"):
        left.unlink()
    (folder / "voci.db").write_bytes(copy.read_bytes())
    (folder / "voci.db").chmod(0o600)
    with sqlite3.connect(folder / "keys.db") as store:
        [noted] = store.execute("SELECT noted FROM counterpart").fetchone()
    store.close()
    with sqlite3.connect(folder / "voci.db") as put:
        put.execute("UPDATE pair SET changes = ?", (noted,))
    put.close()


async def status(room: Voters, decision_id: int) -> str:
    decision = await room.stage.read(decisions.get, room.centre.id, decision_id)
    assert decision is not None
    return decision.status


async def answered(room: Voters, decision_id: int) -> None:
    posted = room.stage.last(room.group)
    for person, choice in zip([room.anna, *room.others], CHOICES, strict=True):
        data = Cast(room.centre.id, decision_id, choice).encode()
        await room.stage.forge(person, posted, data)


@pytest.mark.parametrize("ending", ["closed", "cancelled"])
async def test_what_was_over_is_void_and_not_open_again(
    stage: Stage, tmp_path: Path, ending: str
) -> None:
    room = await gather_voters(stage)
    decision_id = await room.put(M.MAJORITY)
    await answered(room, decision_id)
    copy = tmp_path / "copy"
    copied(tmp_path / "voci.db", copy)
    key = await stage.voci.keys.ballot_key(decision_id)
    if ending == "closed":
        await stage.move(601)
    else:
        await cancel(room, decision_id)
    await stage.move(10)
    assert await status(room, decision_id) == ending
    told = len(stage.said(room.group))
    await put_back(stage, copy)
    assert await status(room, decision_id) == "void"
    posts = [message.words for message in stage.said(room.group)]
    if ending == "closed":
        assert "This was closed after the copy was made." in posts[told]
    else:
        assert len(posts) == told  # that it was cancelled the group knows
    async with stage.voci.database.reading() as tx:
        for table in ("ballots", "electors"):
            assert await tx.statement(f"SELECT * FROM {table}") == []
    with pytest.raises(KeyDestroyed):
        await stage.voci.keys.ballot_key(decision_id)
    await nothing_opens(stage, copy, decision_id, key)
    # A ballot that comes now, from a message that still has its buttons, changes nothing.
    data = Cast(room.centre.id, decision_id, "yes").encode()
    press = await stage.forge(room.anna, stage.last(room.group), data)
    assert press.answer is not None and "This is over already." in press.answer.text
    await stage.restart()
    await stage.move(3600)
    assert await status(room, decision_id) == "void"


async def nothing_opens(stage: Stage, copy: Path, decision_id: int, key: bytes) -> None:
    """The ballots in the copy, with every key that the key store still has."""
    sealed = [dict(zip(line[0], line[1:], strict=True)) for line in dump_file(copy)["ballots"]]
    assert len(sealed) == len(CHOICES)
    found = [open_up(key, decision_id, row["tag"], row["sealed"]).choice for row in sealed]
    assert sorted(found) == sorted(CHOICES)  # with the key that was destroyed they would
    members = [line[1:] for line in dump_file(stage.folder / "keys.db")["data_keys"]]
    assert len(members) >= len(CHOICES)
    left = await stage.voci.keys.keys(range(1, 100))
    assert dump_file(stage.folder / "keys.db")["ballot_keys"].total() == 0
    for row in sealed:
        for other in left.values():
            with pytest.raises(Unreadable):
                open_up(other, decision_id, row["tag"], row["sealed"])


async def cancel(room: Voters, decision_id: int) -> None:
    voci = room.stage.voci
    async with voci.database.transaction() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        unit = UnitOfWork(tx, room.stage.now, voci.services)
        await closing.cancel(unit, room.centre, decision, "Too early")
    for work in unit.after_commit:
        await work()
    await room.stage.settle()


async def test_what_is_still_open_goes_on(stage: Stage, tmp_path: Path) -> None:
    """The key is there, so the copy's ballots count; the others are told to be lost by nobody."""
    room = await gather_voters(stage)
    decision_id = await room.put(M.MAJORITY)
    await answered(room, decision_id)
    copy = tmp_path / "copy"
    copied(tmp_path / "voci.db", copy)
    await put_back(stage, copy)
    assert await status(room, decision_id) == "open"
    async with stage.voci.database.reading() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        found = await ballots.collect(tx, stage.voci.keys, decision)
    assert len(found.cast) == len(CHOICES)


@pytest.mark.parametrize("over", [False, True])
async def test_no_number_is_given_a_second_time(stage: Stage, tmp_path: Path, over: bool) -> None:
    room = await gather_voters(stage)
    copy = tmp_path / "copy"
    copied(tmp_path / "voci.db", copy)
    decision_id = await room.put(M.MAJORITY)
    if over:
        await stage.move(601)
    kept = await stage.voci.keys.ballot_keys()
    assert kept == (set() if over else {decision_id})
    await put_back(stage, copy)
    again = await room.put(M.MAJORITY)
    assert again > decision_id
    await stage.restart()
    assert await stage.voci.keys.ballot_keys() == {*kept, again}
    await answered(room, again)
    await stage.move(601)
    assert await status(room, again) == "closed"
    # Should the copy have been a mistake: the lost question's key is there as before.
    assert await stage.voci.keys.ballot_keys() == kept


@pytest.mark.parametrize("fails_first", [False, True])
async def test_who_was_erased_or_left_since_is_gone_again(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_first: bool
) -> None:
    """Also where the first start with the copy fails: it has noted nothing as heard."""
    centre, group = await stage.centre()
    anna, bruno, carla = [
        await stage.member(centre, group, name) for name in ("Anna", "Bruno", "Carla")
    ]
    await leave(stage, carla)
    await stage.restart()  # from here on Carla's leaving is heard
    copy = tmp_path / "copy"
    copied(tmp_path / "voci.db", copy)
    await leave(stage, bruno)
    await erase(stage, centre, anna)
    await stage.stop_bot()
    replace(stage.folder, copy)
    if fails_first:
        with monkeypatch.context() as patch:

            async def fails(*_: object) -> None:
                raise Transient("nobody answers")

            patch.setattr("bot.recovering.erase_again", fails)
            with pytest.raises(Transient):
                await stage.start_bot()
    await stage.start_bot()
    await stage.settle()
    rows = await stage.rows("SELECT name, status FROM members ORDER BY id")
    assert [(row["name"], row["status"]) for row in rows] == [("Bruno", "left"), ("Carla", "left")]


async def leave(stage: Stage, person: Person) -> None:
    await stage.say(person, "/me")
    await stage.press_each(person, "Leave the assembly", "Leave, and keep for a return")


async def erase(stage: Stage, centre: Centre, person: Person) -> None:
    member = await stage.member_of(centre, person)
    assert member is not None
    await stage.write(erasing.erase, stage.voci.keys, member, stage.now)
    await stage.voci.services.eraser.catch_up()
    await stage.settle()
