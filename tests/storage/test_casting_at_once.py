"""A thousand ballots at once: one row a voter, the last that was acknowledged counts."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from assembly.rule import Rule
from storage import ballots, decisions
from storage.database import Database, open_database
from storage.errors import Transient
from storage.keys import KeyStore

VOTERS, CASTS = 100, 1_000
WORDS = ("yes", "no", "abstain")


async def prepare(database: Database, keys: KeyStore) -> int:
    async with database.transaction() as tx:
        await tx.statement(
            "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
            "VALUES (1, -100, 'Aurora', 'it', 'Europe/Rome', 0)"
        )
        people = ", ".join(
            f"({member}, 1, {member}, 'user', 'M', 'active', 0)" for member in range(1, VOTERS + 1)
        )
        await tx.statement(
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)"
            f" VALUES {people}"
        )
        decision_id = await decisions.put(
            tx,
            keys,
            centre_id=1,
            assembly_id=None,
            item_id=None,
            question="Shall we?",
            rule=Rule(),
            closes_at=None,
            now=1_000,
            seed=bytes(32),
        )
        assert decision_id is not None
    return decision_id


async def test_a_thousand_at_once(
    fresh_url: Callable[..., Awaitable[str]], keys_database: Database
) -> None:
    """By two processes' worth of connections, each member's presses one after the other."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await doors[0].migrate(1_000)
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

            async def work(tx: ballots.Transaction, choice: str = choice) -> object:
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
