"""Ballots through the whole path, beside the bare minimum that SQLite asks for.

Ours: a parsed update through ordering, transaction, PTB's handlers, commit with synchronous=FULL,
and the toast to a Telegram that accepts everything at once. Bare: aiosqlite, BEGIN IMMEDIATE,
upsert, COMMIT, with the same settings. Rounds of both take turns, so a busy moment meets both.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import aiosqlite
from telegram import Update
from telegram.request import BaseRequest

from assembly.rule import Quorum, Rule
from bench.harness.figure import Figure
from bot import app
from bot.app import Voci, open_voci
from bot.clock import SystemClock
from bot.settings import Settings
from handlers.decisions.presses import Cast
from storage import ballots, centres, decisions, members, people
from storage.decisions import Motion
from storage.engine.transaction import Transaction

AT_ONCE = 20
GROUP = -1_001_000_000_001
ME = b'{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"Voci","username":"voci_bot"}}'

BARE = Figure("bare aiosqlite loop", "a second", 0)
OURS = Figure(f"ours, {AT_ONCE} at a time", "a second", 0)
SINGLE = Figure("ours, one at a time", "a second", 0)
RATIO = Figure(f"ratio, {AT_ONCE} at a time", at_least=0.7)
SINGLE_RATIO = Figure("ratio, one at a time")
P99 = Figure(f"p99, {AT_ONCE} at a time", "ms", 1, at_most=60)
FIGURES = (BARE, OURS, SINGLE, RATIO, SINGLE_RATIO, P99)


@dataclass(frozen=True, slots=True)
class Size:
    """How many members press, and in how many rounds: the first warms up and is not counted."""

    members: int
    rounds: int


FULL, SMALL = Size(members=500, rounds=6), Size(members=20, rounds=2)

Work = Callable[[int], Awaitable[None]]


class Agreeing(BaseRequest):
    """Stands in for Telegram: agrees to everything, at once."""

    def __init__(self, **_: Any) -> None:
        super().__init__()

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, ME if url.endswith("/getMe") else b'{"ok":true,"result":true}'


async def gathered(voci: Voci, size: int) -> int:
    """A centre with its members, who are asked something; the decision's id."""
    now = int(voci.clock.now())

    async def work(tx: Transaction) -> int:
        centre = await centres.add(
            tx, chat_id=GROUP, name="Aurora", language="it", zone="Europe/Rome", now=now
        )
        for number in range(size):
            await people.meet(tx, 1_000 + number, "it", now)
            await members.add(
                tx,
                centre_id=centre.id,
                telegram_id=1_000 + number,
                role="user",
                name=f"M{number}",
                now=now,
            )
        rule = Rule(quorum=Quorum(Fraction(1, 3)))
        motion = Motion(
            centre.id, "Shall we open on Saturdays?", rule, bytes(32), closes_at=now + 3600
        )
        decision_id = await decisions.put(tx, voci.keys, motion, now)
        assert decision_id is not None
        return decision_id

    return await voci.database.run(work)


def press(
    voci: Voci,
    decision_id: int,
    update_id: int,
    member: int,
    choice: str,
    *,
    centre_id: int = 1,
    person: int = 0,
    chat: int = GROUP,
) -> Update:
    """The update that Telegram would send for a press in the group.

    `person`: the member's Telegram id, where it is another than those of `gathered`.
    """
    found = Update.de_json(
        {
            "update_id": update_id,
            "callback_query": {
                "id": str(update_id),
                "from": {
                    "id": person or 1_000 + member,
                    "is_bot": False,
                    "first_name": f"M{member}",
                    "language_code": "it",
                },
                "message": {
                    "message_id": 1,
                    "date": int(voci.clock.now()),
                    "chat": {"id": chat, "type": "supergroup", "title": "Aurora"},
                    "text": "Shall we open on Saturdays?",
                },
                "chat_instance": "1",
                "data": Cast(centre_id, decision_id, choice).encode(),
            },
        },
        voci.application.bot,
    )
    assert found is not None
    return found


async def in_turn(work: Work, size: int, at_once: int = 1) -> tuple[float, list[float]]:
    """Ballots a second, and how many seconds each took from its turn to its commit."""
    waiting, took = iter(range(size)), []

    async def thumb() -> None:
        for member in waiting:
            begin = time.perf_counter()
            await work(member)
            took.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*(thumb() for _ in range(at_once)))
    return size / (time.perf_counter() - begin), took


async def bare_database(folder: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(folder / "bare.db", isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL"):
        await connection.execute(f"PRAGMA {setting}")
    await connection.execute(
        "CREATE TABLE ballots (decision_id INTEGER, member_id INTEGER, choice TEXT,"
        " PRIMARY KEY (decision_id, member_id)) WITHOUT ROWID"
    )

    return connection


def bare(connection: aiosqlite.Connection, choice: str) -> Work:
    """Another choice than before: SQLite skips the commit of a row that stays as it was."""

    async def work(member: int) -> None:
        await connection.execute("BEGIN IMMEDIATE")
        await connection.execute(
            "INSERT INTO ballots VALUES (1, ?, ?) "
            "ON CONFLICT (decision_id, member_id) DO UPDATE SET choice = excluded.choice",
            (member, choice),
        )
        await connection.execute("COMMIT")

    return work


async def collected(tx: Transaction, voci: Voci, decision_id: int) -> list[str]:
    """What the ballots say."""
    decision = await decisions.still_open(tx, decision_id)
    assert decision is not None
    found = await ballots.collect(tx, voci.keys, decision)
    return [ballot.choice for ballot in found.poll.ballots]


async def rounds(size: Size) -> dict[Figure, float]:
    bare_rates, single_rates, rates, took = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(_env_file=None, bot_token=f"7:{chr(65) * 35}", data_dir=Path(name))
        async with open_voci(settings, SystemClock()) as voci:
            decision_id = await gathered(voci, size.members)
            connection = await bare_database(Path(name))
            for number in range(size.rounds * 2):
                choice = "yes" if number % 2 else "no"
                updates = [
                    press(voci, decision_id, number * size.members + member + 1, member, choice)
                    for member in range(size.members)
                ]

                async def ours(member: int, updates: list[Update] = updates) -> None:
                    await voci.processing.accept(updates[member])

                bare_rates.append((await in_turn(bare(connection, choice), size.members))[0])
                if number % 2:
                    single_rates.append((await in_turn(ours, size.members))[0])
                else:
                    rate, times = await in_turn(ours, size.members, AT_ONCE)
                    rates.append(rate)
                    took += times if number else []
                await voci.delivery.finish()
            said = await voci.database.run(lambda tx: collected(tx, voci, decision_id))
            await connection.close()
    assert said == ["yes"] * size.members
    bare_rate = statistics.median(bare_rates[2:])
    ours_rate, single = statistics.median(rates[1:]), statistics.median(single_rates[1:])
    return {
        BARE: bare_rate,
        OURS: ours_rate,
        SINGLE: single,
        RATIO: ours_rate / bare_rate,
        SINGLE_RATIO: single / bare_rate,
        P99: statistics.quantiles(took, n=100)[98] * 1000,
    }


def measure(size: Size) -> dict[Figure, float]:
    """The median of the rounds."""
    with mock.patch.object(app, "HTTPXRequest", Agreeing):
        return asyncio.run(rounds(size))
