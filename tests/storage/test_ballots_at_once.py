"""A thousand ballots at once: one row a voter, the last that was acknowledged counts."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from kit.centre_rows import add_centre, put_question

from assembly.deciding import decide
from storage import ballots, decisions
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.errors import Transient
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

VOTERS, CASTS = 100, 1_000
WORDS = ("yes", "no", "abstain")


async def prepare(database: Database, keys: KeyStore) -> int:
    async with database.transaction() as tx:
        await add_centre(tx, VOTERS)
        return await put_question(tx, keys)


async def test_a_thousand_at_once(
    fresh_url: Callable[..., Awaitable[str]], keys_database: Database
) -> None:
    """By two processes' worth of connections, each member's presses one after the other."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    keys = KeyStore(keys_database, bytes(32))
    decision_id = await prepare(doors[0], keys)
    noise = random.Random(3)
    planned: dict[int, list[str]] = {member: [] for member in range(1, VOTERS + 1)}
    for cast in range(CASTS):
        member = cast + 1 if cast < VOTERS else noise.randint(1, VOTERS)
        planned[member].append(noise.choice(WORDS))
    acknowledged: dict[int, list[str]] = {member: [] for member in planned}

    async def press(member: int) -> None:
        for choice in planned[member]:
            door = noise.choice(doors)

            async def work(tx: Transaction, choice: str = choice) -> object:
                return await ballots.cast(
                    tx,
                    keys,
                    telegram_id=member,
                    centre_id=1,
                    decision_id=decision_id,
                    choice=choice,
                    now=1_500,
                    group_id=None,
                )

            while True:  # as the bot does: what passes by itself is tried again
                try:
                    assert await door.run(work)
                except Transient:
                    continue
                break
            acknowledged[member].append(choice)

    await asyncio.gather(*(press(member) for member in planned))
    async with doors[1].reading() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        collected = await ballots.collect(tx, keys, decision)
        rows = await tx.rows("sealed_ballots", decision_id=decision_id)
    for door in doors:
        await door.close()
    assert sum(len(each) for each in acknowledged.values()) == CASTS
    assert acknowledged == planned
    assert len(rows) == VOTERS
    counted = {member: ballot.choice for member, ballot, _ in collected.cast}
    assert counted == {member: each[-1] for member, each in acknowledged.items()}


async def test_closing_beside_casting(
    fresh_url: Callable[..., Awaitable[str]], keys_database: Database
) -> None:
    """On PostgreSQL a closing leaves the rows of other questions alone, and what is cast there."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    keys = KeyStore(keys_database, bytes(32))
    closing = await prepare(doors[0], keys)
    async with doors[0].transaction() as tx:
        other = await put_question(tx, keys)

    async def cast(decision_id: int, member: int, choice: str) -> None:
        async def work(tx: Transaction) -> None:
            said: dict[str, Any] = {
                "decision_id": decision_id,
                "member_id": member,
                "choice": choice,
            }
            assert await ballots.cast_for(tx, keys, now=1_500, **said)

        await doors[1].run(work)

    async def places() -> dict[str, str]:
        """Of the other question's rows: where PostgreSQL has them, and who wrote them."""
        place = "'' AS place" if doors[1].engine == "sqlite" else "ctid::text || xmin AS place"
        async with doors[1].reading() as tx:
            rows = await tx.statement(f"SELECT tag, decision_id, {place} FROM ballots")
        assert {row["decision_id"] for row in rows} <= {closing, other}
        return {row["tag"]: row["place"] for row in rows if row["decision_id"] == other}

    for decision_id in (closing, other):
        for member in range(1, 6):
            await cast(decision_id, member, "no")
    left = [await places()]

    async def close(tx: Transaction) -> None:
        decision = await decisions.still_open(tx, closing)
        assert decision is not None
        collected = await ballots.collect(tx, keys, decision)
        if tx.engine == "postgresql" and len(left) == 1:  # on SQLite nobody else writes meanwhile
            await cast(other, 1, "yes")
            left.append(await places())
        outcome = decide(decision.rule, collected.poll)
        assert await decisions.close(tx, keys, decision, collected, outcome, 2_000)
        await ballots.seal(tx, closing)

    await doors[0].run(close)
    assert await places() == left[-1]
    async with doors[1].reading() as tx:
        rows = await tx.statement("SELECT DISTINCT decision_id FROM electors")
    for door in doors:
        await door.close()
    assert [row["decision_id"] for row in rows] == [other]
