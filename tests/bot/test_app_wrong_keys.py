"""A start with a key store that is not the right one: it is said, and no ballot is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from kit.linking_attack import dump_file
from kit.phone_voters import Voters, gather_voters
from kit.stage import Stage

from assembly.rule import DecisionMethod
from bot.checks import examine
from bot.settings import SettingsError
from handlers.decisions.presses import Cast, CloseDecision
from storage import ballots, decisions, updates
from storage.secrets.cipher import KEY_BYTES, seal
from storage.secrets.ledger import Ledger

CHOICES = ("yes", "no", "yes", "yes", "no", "abstain")
TABLES = ("decisions", "ballots", "electors", "schedules", "outbox")


def without_keys(folder: Path) -> None:
    """The key store is gone: a new, empty one is made."""
    for left in folder.glob("keys.db*"):
        left.unlink()


def without_anything(folder: Path) -> None:
    without_keys(folder)
    (folder / "master.key").unlink()


def without_ballot_keys(folder: Path) -> None:
    """A copy from before the question was put."""
    with sqlite3.connect(folder / "keys.db") as store:
        store.execute("DELETE FROM ballot_keys")
    store.close()


def with_foreign_keys(folder: Path) -> None:
    """Of other questions, which have the same numbers."""
    master = (folder / "master.key").read_bytes()
    with sqlite3.connect(folder / "keys.db") as store:
        for (number,) in store.execute("SELECT decision_id FROM ballot_keys").fetchall():
            wrapped = seal(master, bytes(KEY_BYTES), b"ballot key of decision %d" % number)
            store.execute("UPDATE ballot_keys SET wrapped = ?", (wrapped,))
    store.close()


def with_another_master(folder: Path) -> None:
    (folder / "master.key").write_bytes(bytes(KEY_BYTES))


async def answered(room: Voters, decision_id: int) -> None:
    posted = room.stage.last(room.group)
    for person, choice in zip([room.anna, *room.others], CHOICES, strict=True):
        data = Cast(room.centre.id, decision_id, choice).encode()
        await room.stage.forge(person, posted, data)


async def choices(stage: Stage, decision_id: int) -> list[str]:
    async with stage.voci.database.reading() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        found = await ballots.collect(tx, stage.voci.keys, decision)
    return sorted(ballot.choice for _, ballot, _ in found.cast)


@pytest.mark.usefixtures("no_errors")
@pytest.mark.parametrize(
    ("ruin", "setting", "words"),
    [
        (without_keys, "KEYS_URL", "keys.db is missing or new, but voci.db belongs to a key store"),
        (without_anything, "KEYS_URL", "keys.db is missing or new"),
        (without_ballot_keys, "KEYS_URL", "no key for the open decisions 1; nothing was changed"),
        (with_foreign_keys, "KEYS_URL", "no key for the open decisions 1; nothing was changed"),
        (with_another_master, "MASTER_KEY_FILE", "the master key doesn't fit"),
    ],
)
async def test_the_bot_refuses_to_start_and_nothing_is_lost(
    stage: Stage, tmp_path: Path, ruin: Callable[[Path], None], setting: str, words: str
) -> None:
    room = await gather_voters(stage)
    decision_id = await room.put(DecisionMethod.MAJORITY)
    assert decision_id == 1
    await answered(room, decision_id)
    await stage.stop_bot()
    kept = {name: (tmp_path / name).read_bytes() for name in ("keys.db", "master.key")}
    before = {table: dump_file(tmp_path / "voci.db")[table] for table in TABLES}
    ruin(tmp_path)
    for _ in range(2):  # as it is started again and again
        with pytest.raises(SettingsError) as refused:
            await stage.start_bot()
        [sentence] = refused.value.problems
        assert sentence.startswith(f"VOCI_{setting}: {words}")
    found = await examine(stage.voci.settings, stage.now)
    assert [(str(each), each.code) for each in found.problems] == [(sentence, 4)]
    assert {table: dump_file(tmp_path / "voci.db")[table] for table in TABLES} == before
    without_keys(tmp_path)
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
    await stage.start_bot()
    assert await choices(stage, decision_id) == sorted(CHOICES)
    await stage.move(601)
    outcome = stage.last(room.group).words
    assert "3 yes" in outcome and "2 no" in outcome


async def test_a_key_that_is_lost_meanwhile_holds_up_its_own_question_only(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    room = await gather_voters(stage)
    lost = await room.put(DecisionMethod.MAJORITY)
    await answered(room, lost)
    other = await room.put(DecisionMethod.MAJORITY)
    await answered(room, other)
    async with stage.voci.keys.database.transaction() as tx:
        wrapped = await tx.value("ballot_key", decision_id=lost)
        await tx.statement(f"DELETE FROM ballot_keys WHERE decision_id = {lost}")
    await stage.tick()
    assert "What shall we do first?" in (await stage.say(room.anna, "/decide")).words
    shown = await room.open(room.anna, other)
    assert "You said yes" in shown.words
    assert f"decision {lost} has no key" in caplog.text
    assert await choices(stage, other) == sorted(CHOICES)
    await stage.move(601)
    assert "3 yes" in stage.last(room.group).words
    async with stage.voci.keys.database.transaction() as tx:
        await tx.run("put_ballot_key", decision_id=lost, wrapped=wrapped)
    assert await choices(stage, lost) == sorted(CHOICES)  # nothing was deleted


@pytest.mark.usefixtures("no_errors")
async def test_a_closing_that_comes_again_closes_nothing(stage: Stage) -> None:
    """Its first delivery failed: so the question is open, and the ledger says nothing of it."""
    room = await gather_voters(stage)
    decision_id = await room.put(DecisionMethod.MAJORITY)
    for person in (room.anna, *room.others):  # elsewhere than in an assembly, everybody has to
        assert await room.forge(person, Cast(room.centre.id, decision_id, "yes"))
    data = CloseDecision(room.centre.id, decision_id, sure=True).encode()
    shown = await stage.say(room.others[3], "/decide")  # Elena's, who facilitates
    async with stage.voci.database.transaction() as tx:
        coming = stage.bot.updates._next_id
        await updates.mark_failed(tx, stage.voci.application.bot.id, coming, 0)
    press = await stage.forge(room.others[3], shown, data)
    assert (
        press.answer is not None and press.answer.text == "That was not saved. Please press again."
    )
    assert await Ledger(stage.voci.keys.database).entries("decision closed") == []
    again = await stage.forge(room.others[3], shown, data)
    assert again.answer is not None
    [entry] = await Ledger(stage.voci.keys.database).entries("decision closed")
    assert (entry.subject, entry.data) == (str(decision_id), "closed")
