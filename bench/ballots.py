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
from fractions import Fraction
from pathlib import Path
from typing import Any

import aiosqlite
from telegram import Update
from telegram.request import BaseRequest

from assembly.rule import Quorum, Rule
from bot import app
from bot.app import Voci, open_voci
from bot.clock import SystemClock
from bot.settings import Settings
from handlers.decisions.presses import Cast
from storage import ballots, centres, decisions, members, people
from storage.engine.transaction import Transaction

MEMBERS = 500
ROUNDS = 6  # the first of them warms up and is not counted
AT_ONCE = 20
GROUP = -1_001_000_000_001
ME = b'{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"Voci","username":"voci_bot"}}'

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


async def gathered(voci: Voci) -> int:
    """A centre with its members, who are asked something; the decision's id."""
    now = int(voci.clock.now())

    async def work(tx: Transaction) -> int:
        centre = await centres.add(
            tx, chat_id=GROUP, name="Aurora", language="it", zone="Europe/Rome", now=now
        )
        for number in range(MEMBERS):
            await people.meet(tx, 1_000 + number, "it", now)
            await members.add(
                tx,
                centre_id=centre.id,
                telegram_id=1_000 + number,
                role="user",
                name=f"M{number}",
                now=now,
            )
        decision_id = await decisions.put(
            tx,
            voci.keys,
            centre_id=centre.id,
            assembly_id=None,
            item_id=None,
            question="Shall we open on Saturdays?",
            rule=Rule(quorum=Quorum(Fraction(1, 3))),
            closes_at=now + 3600,
            now=now,
            seed=bytes(32),
        )
        assert decision_id is not None
        return decision_id

    return await voci.database.run(work)


def press(voci: Voci, decision_id: int, update_id: int, member: int, choice: str) -> Update:
    """The update that Telegram would send for a press in the group."""
    found = Update.de_json(
        {
            "update_id": update_id,
            "callback_query": {
                "id": str(update_id),
                "from": {
                    "id": 1_000 + member,
                    "is_bot": False,
                    "first_name": f"M{member}",
                    "language_code": "it",
                },
                "message": {
                    "message_id": 1,
                    "date": int(voci.clock.now()),
                    "chat": {"id": GROUP, "type": "supergroup", "title": "Aurora"},
                    "text": "Shall we open on Saturdays?",
                },
                "chat_instance": "1",
                "data": Cast(1, decision_id, choice).encode(),
            },
        },
        voci.application.bot,
    )
    assert found is not None
    return found


async def one_by_one(work: Work) -> tuple[float, list[float]]:
    return await side_by_side(work, 1)


async def side_by_side(work: Work, at_once: int = AT_ONCE) -> tuple[float, list[float]]:
    """Ballots a second, and how long each took from its turn to its commit."""
    waiting, took = iter(range(MEMBERS)), []

    async def thumb() -> None:
        for member in waiting:
            begin = time.perf_counter()
            await work(member)
            took.append(time.perf_counter() - begin)

    begin = time.perf_counter()
    await asyncio.gather(*(thumb() for _ in range(at_once)))
    return MEMBERS / (time.perf_counter() - begin), took


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


async def measure() -> None:
    app.HTTPXRequest = Agreeing  # type: ignore[misc, assignment]
    bare_rates, single_rates, rates, took = [], [], [], []
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(_env_file=None, bot_token=f"7:{chr(65) * 35}", data_dir=Path(name))
        async with open_voci(settings, SystemClock()) as voci:
            decision_id = await gathered(voci)
            connection = await bare_database(Path(name))
            for number in range(ROUNDS * 2):
                choice = "yes" if number % 2 else "no"
                updates = [
                    press(voci, decision_id, number * MEMBERS + member + 1, member, choice)
                    for member in range(MEMBERS)
                ]

                async def ours(member: int, updates: list[Update] = updates) -> None:
                    await voci.processing.accept(updates[member])

                bare_rates.append((await one_by_one(bare(connection, choice)))[0])
                if number % 2:
                    single_rates.append((await one_by_one(ours))[0])
                else:
                    rate, times = await side_by_side(ours)
                    rates.append(rate)
                    took += times if number else []
                await voci.delivery.finish()
            said = await voci.database.run(lambda tx: collected(tx, voci, decision_id))
            await connection.close()
    assert said == ["yes"] * MEMBERS
    bare_rate = statistics.median(bare_rates[2:])
    ours_rate, single = statistics.median(rates[1:]), statistics.median(single_rates[1:])
    p99 = statistics.quantiles(took, n=100)[98]
    print(f"{MEMBERS} ballots through the whole path, median of {ROUNDS - 1} rounds")
    print(f"  bare aiosqlite loop    {bare_rate:6.0f} a second")
    print(f"  ours, {AT_ONCE} at a time    {ours_rate:6.0f} a second")
    print(f"  ours, one at a time    {single:6.0f} a second")
    print(f"  ratio, {AT_ONCE} at a time   {ours_rate / bare_rate:6.2f}    (at least 0.5)")
    print(f"  ratio, one at a time   {single / bare_rate:6.2f}")
    print(f"  p99, {AT_ONCE} at a time     {p99 * 1000:6.1f} ms (under 60)")


def main() -> None:
    asyncio.run(measure())


if __name__ == "__main__":
    main()
