"""A closing that breaks off at any point either happened as a whole or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from kit.centre_rows import put_question
from kit.file_bytes import bytes_of
from kit.migrated_files import put_file
from kit.stage import Stage
from kit.wiping import eraser_of, shredder_of
from markupsafe import Markup

from assembly.deadlines import LATE
from assembly.rule import Quorum, Rule, Secrecy
from handlers.core.screen import Screen
from handlers.core.speech import Speech
from handlers.core.unit_of_work import Services, UnitOfWork
from handlers.decisions import closing
from handlers.decisions.results.screens import roll_call
from storage import ballots, centres, decisions, members, people, published, schedules
from storage.centres import Centre
from storage.decisions import Decision
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.opening import open_database
from storage.engine.sqlite_transaction import SqliteTransaction
from storage.engine.transaction import Transaction
from storage.link_ids import LinkIds
from storage.secrets.keys import KeyDestroyed, KeyStore
from storage.secrets.ledger import Ledger

VOTERS = 6
CHOICES = ("yes", "yes", "yes", "no", "no", "abstain")


class PowerCut(Exception):
    """Everything stops here."""


class Failing:
    """A transaction that stops at its nth query; counts them otherwise."""

    def __init__(self, tx: Transaction, at: int | None) -> None:
        self._tx = tx
        self._at = at
        self.queries = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._tx, name)
        if name not in ("row", "rows", "value", "run"):
            return found

        async def counted(*query: str, **parameters: object) -> Any:
            if self.queries == self._at:
                raise PowerCut
            self.queries += 1
            return await found(*query, **parameters)

        return counted


class Scene:
    """A decision with six ballots in a database of its own."""

    def __init__(self, database: Database, keys: Database) -> None:
        self.database = database
        self.services = Services(
            keys=KeyStore(keys, b"k" * 32),
            shredder=shredder_of(database, KeyStore(keys, b"k" * 32)),
            noise=None,
            username="voci_bot",
            operators=frozenset(),
            links=LinkIds(bytes(32)),
            eraser=eraser_of(database, KeyStore(keys, b"k" * 32)),
        )

    async def gather(self) -> None:
        async with self.database.transaction() as tx:
            self.centre: Centre = await centres.add(
                tx, chat_id=-100, name="Aurora", language="en", zone="Europe/Rome", now=0
            )
            for number in range(VOTERS):
                await people.meet(tx, number + 1, "en", 0)
                await members.add(
                    tx, centre_id=1, telegram_id=number + 1, role="user", name="A", now=0
                )
            await put_question(
                tx, self.services.keys, Rule(quorum=Quorum(Fraction(1, 3))), closes_at=2_000
            )
            for number, choice in enumerate(CHOICES):
                await ballots.cast(
                    tx,
                    self.services.keys,
                    telegram_id=number + 1,
                    centre_id=1,
                    decision_id=1,
                    choice=choice,
                    now=1_500,
                    group_id=None,
                )

    async def close(self, at: int | None = None) -> int:
        """Close it, with the power cut at the nth query; how many queries there were."""
        async with self.database.transaction() as tx:
            failing = Failing(tx, at)
            unit = UnitOfWork(cast(Transaction, failing), 2_000, self.services)
            decision = await decisions.still_open(tx, 1)
            assert decision is not None
            assert await closing.close(unit, self.centre, decision)
            if at == failing.queries:
                raise PowerCut  # the last moment before the commit
        for work in unit.after_commit:
            await work()
        return failing.queries

    async def state(self) -> tuple[Decision, int, int, int]:
        """The decision, its ballots, its electors, and the posts that wait."""
        async with self.database.reading() as tx:
            decision = await decisions.get(tx, 1, 1)
            assert decision is not None
            (row,) = await tx.statement(
                "SELECT (SELECT COUNT(*) FROM ballots) AS b, (SELECT COUNT(*) FROM electors) AS e,"
                " (SELECT COUNT(*) FROM outbox) AS o"
            )
            return decision, row["b"], row["e"], row["o"]


@pytest.fixture
async def scene(tmp_path: Path):
    opened = []
    for subject in ("main", "keys"):
        await put_file(tmp_path / f"{subject}.db", subject)
        opened.append(await open_database(f"sqlite:///{tmp_path / subject}.db", subject))
    scene = Scene(*opened)
    await scene.gather()
    yield scene
    for database in opened:
        await database.close()


async def test_a_cut_at_any_query_leaves_it_open_and_then_it_closes_right(scene: Scene) -> None:
    before = await scene.state()
    assert before[1:] == (VOTERS, VOTERS, 0)
    at, cuts = 0, 0
    while True:
        try:
            queries = await scene.close(at)
        except PowerCut:
            cuts += 1
            assert await scene.state() == before
            at += 1
        else:
            break
    assert cuts == queries + 1 >= 14  # before each of them, and before the commit
    decision, *rest = await scene.state()
    assert (decision.status, decision.result) == ("closed", "carried")
    assert decision.outcome is not None
    assert decision.outcome.votes == {"yes": 3, "no": 2, "abstain": 1}
    assert rest == [0, 0, 2]


async def test_a_commit_that_fails_leaves_it_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await scene.state()

    async def no_commit(tx: SqliteTransaction) -> None:
        await tx.roll_back()
        raise StorageError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteTransaction, "commit", no_commit)
        with pytest.raises(StorageError, match="the disk is gone"):
            await scene.close()
    assert await scene.state() == before
    await scene.close()
    assert (await scene.state())[1:] == (0, 0, 2)


async def test_a_key_store_out_of_reach_leaves_it_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await scene.state()

    async def refuse(*_: object, **__: object) -> bool:
        raise StorageError("the key store is gone")

    monkeypatch.setattr(Ledger, "append", refuse)
    with pytest.raises(StorageError, match="the key store is gone"):
        await scene.close()
    assert await scene.state() == before


async def test_what_somebody_else_has_ended_does_not_end_again(scene: Scene) -> None:
    async with scene.database.transaction() as tx:
        unit = UnitOfWork(tx, 2_000, scene.services)
        await schedules.set(tx, closing.CLOSING, 1, 2_000, "Europe/Rome")
        decision = await decisions.still_open(tx, 1)
        assert decision is not None
        assert await closing.close(unit, scene.centre, decision)
        assert await schedules.find(tx, closing.CLOSING, 1) is None
        await schedules.set(tx, closing.CLOSING, 1, 2_000, "Europe/Rome")
        due = await schedules.find(tx, closing.CLOSING, 1)
        assert due is not None and not await closing.fall_due(due, unit)
        assert await schedules.find(tx, closing.CLOSING, 1) is None
        owed = len(unit.after_commit)
        assert not await closing.close(unit, scene.centre, decision)
        assert not await closing.cancel(unit, scene.centre, decision, "Too late.")
        assert len(unit.after_commit) == owed


async def test_of_a_secret_question_nobody_looks_up_who_said_what(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(*_: object) -> None:
        raise AssertionError("it is secret")

    monkeypatch.setattr(published, "roll_call", look)
    await scene.close()
    assert (await scene.state())[0].status == "closed"


async def test_each_page_of_who_said_what_is_a_post(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = (Screen(Markup("a"), public=True), Screen(Markup("b"), public=True))
    monkeypatch.setattr(roll_call, "posts", lambda *_: pages)
    await scene.close()
    decision, *_ = await scene.state()
    over = replace(decision, rule=replace(decision.rule, secrecy=Secrecy.OPEN))
    async with scene.database.transaction() as tx:
        unit = UnitOfWork(tx, 2_000, scene.services)
        await closing._tell(unit, scene.centre, over, Speech("en", "Europe/Rome"))
        rows = await tx.statement("SELECT key FROM outbox WHERE key LIKE '%outcome%' ORDER BY id")
    assert [row["key"].partition("outcome")[2] for row in rows] == ["", ":1", ":2"]


async def test_the_key_of_a_closed_decision_is_destroyed(scene: Scene) -> None:
    keys = scene.services.keys
    assert await keys.ballot_keys() == {1}
    await scene.close()
    assert await keys.ballot_keys() == set()
    with pytest.raises(KeyDestroyed):
        await keys.ballot_key(1)


async def test_killed_after_the_commit_the_log_is_truncated_at_the_next_start(
    stage: Stage, tmp_path: Path
) -> None:
    """The deletion is committed, the process dies before the log is: the next one sees to it."""
    centre, group = await stage.centre()
    person = await stage.member(centre, group, "Anna")
    async with stage.voci.database.transaction() as tx:
        decision_id = await put_question(
            tx, stage.voci.keys, Rule(quorum=Quorum(Fraction(0))), centre_id=centre.id
        )
        await ballots.cast(
            tx,
            stage.voci.keys,
            telegram_id=person.id,
            centre_id=centre.id,
            decision_id=decision_id,
            choice="abstain",
            now=1_000,
            group_id=None,
        )
    await stage.write(ballots.seal, decision_id)
    log = tmp_path / "voci.db-wal"
    other = sqlite3.connect(tmp_path / "voci.db")  # or an orderly end would truncate it
    other.execute("SELECT COUNT(*) FROM decisions").fetchone()
    key = await stage.voci.keys.ballot_key(decision_id)
    [member] = await stage.read(members.of_person, person.id)
    place = ballots.tag(key, member.id)
    assert place in bytes_of([log])
    await stage.restart()
    assert place not in bytes_of([log])
    other.close()


CLOSES = 1_764_799_200  # Wednesday 3 December 2025, 23:00 in Rome
MORNING = CLOSES + 10 * 3600


@pytest.mark.parametrize(("late", "told"), [(0, 0), (LATE - 1, LATE - 1), (LATE, MORNING - CLOSES)])
def test_an_outcome_that_is_late_waits_for_the_morning(late: int, told: int) -> None:
    unit: Any = SimpleNamespace(now=CLOSES + late)
    centre = Centre(1, -100, "Aurora", "en", "Europe/Rome", None, None, Fraction(0), 0)
    decision: Any = SimpleNamespace(closes_at=CLOSES)
    assert closing._told_at(unit, centre, decision) == CLOSES + told
    decision.closes_at = None  # closed by hand: never late
    assert closing._told_at(unit, centre, decision) == unit.now
