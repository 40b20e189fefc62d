"""After closing, no byte of the database's files links a member with a choice (SQLite)."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest

from assembly import majority
from assembly.outcome import Choice
from storage import ballots, decisions
from storage.database import Database, Transaction, open_database

# Ids that take six bytes each in a record: found by their bytes, not by chance.
FIRST_MEMBER = 0x5A7B3C1D2E00
FIRST_DECISION = 0x4B6A2F1C3D00
MEMBERS = 400


@pytest.fixture
async def opened(tmp_path: Path):
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    await database.migrate()
    async with database.transaction() as tx:
        await tx.statement(
            "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
            "VALUES (1, -100, 'Aurora', 'it', 'Europe/Rome', 0)"
        )
        await tx.statement(
            f"INSERT INTO sqlite_sequence (name, seq) VALUES ('decisions', {FIRST_DECISION - 1})"
        )
        for number in range(MEMBERS):
            member = FIRST_MEMBER + number
            await tx.statement(
                "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at) "
                f"VALUES ({member}, 1, {number}, 'user', 'Anna', 'active', 0)"
            )
    yield database
    await database.close()


def files(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))


def links(folder: Path) -> int:
    """How many times a member's id is directly followed by a choice, as in a row of `ballots`."""
    return len(re.findall(_start(FIRST_MEMBER) + b"..(?:yes|no|abstain)", files(folder), re.DOTALL))


def electors(folder: Path, decision_id: int) -> int:
    """How many times a decision's id is directly followed by a member's: both tables' rows."""
    return files(folder).count(decision_id.to_bytes(6, "big") + _start(FIRST_MEMBER))


def _start(member: int) -> bytes:
    return member.to_bytes(6, "big")[:4]


async def put(database: Database) -> int:
    async with database.transaction() as tx:
        decision_id = await decisions.put(
            tx,
            centre_id=1,
            assembly_id=None,
            item_id=None,
            question="Shall we open on Saturdays?",
            quorum=Fraction(1, 3),
            closes_at=None,
            now=1_000,
        )
    assert decision_id is not None
    return decision_id


async def cast(tx: Transaction, decision_id: int, number: int, choice: Choice) -> None:
    recorded = await ballots.cast(
        tx,
        telegram_id=number,
        centre_id=1,
        decision_id=decision_id,
        choice=choice,
        now=1_500,
        group_id=None,
    )
    assert recorded is not None


async def vote(database: Database, decision_id: int, rounds: int = 2) -> None:
    """Everybody casts in no order, and again with another mind."""
    chance = random.Random(decision_id)
    for _ in range(rounds):
        for number in chance.sample(range(MEMBERS), MEMBERS):
            async with database.transaction() as tx:
                await cast(tx, decision_id, number, chance.choice(list(Choice)))


async def close(database: Database, decision_id: int) -> None:
    async with database.transaction() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        counted = await ballots.count(tx, decision_id)
        assert sum(counted.values()) == MEMBERS
        outcome = majority.tally(counted, decision.electorate, decision.quorum)
        assert await decisions.close(tx, decision_id, outcome, 2_000)
        await ballots.seal(tx, decision_id)


async def test_nothing_is_left_after_closing(opened: Database, tmp_path: Path) -> None:
    decision_id = await put(opened)
    await vote(opened, decision_id)
    assert (
        min(links(tmp_path), electors(tmp_path, decision_id)) >= MEMBERS
    )  # it finds what is there
    await close(opened, decision_id)
    assert links(tmp_path) > 0  # still in the log: deleting alone is not enough
    assert await opened.truncate_wal()
    assert links(tmp_path) == 0
    assert electors(tmp_path, decision_id) == 0


async def test_nothing_is_left_while_other_decisions_stay_open(
    opened: Database, tmp_path: Path
) -> None:
    chance = random.Random(9)  # an order in which deleting alone leaves copies in the pages
    put_ones = [await put(opened) for _ in range(6)]
    presses = [(each, number) for each in put_ones for number in range(MEMBERS)]
    chance.shuffle(presses)
    async with opened.transaction() as tx:
        for decision_id, number in presses:
            await cast(tx, decision_id, number, chance.choice(list(Choice)))
    chance.shuffle(put_ones)
    for decision_id in put_ones:
        await close(opened, decision_id)
        assert await opened.truncate_wal()
        assert electors(tmp_path, decision_id) == 0
    assert links(tmp_path) == 0


async def test_a_reader_in_the_way_is_told_and_later_it_succeeds(
    opened: Database, tmp_path: Path
) -> None:
    decision_id = await put(opened)
    await vote(opened, decision_id, rounds=1)
    async with opened.reading() as tx:
        assert len(await decisions.open_ones(tx, 1)) == 1  # a snapshot from before
        await close(opened, decision_id)
        assert not await opened.truncate_wal()
        assert links(tmp_path) > 0
    assert await opened.truncate_wal()
    assert links(tmp_path) == 0


async def test_figures_of_few_are_in_no_byte(tmp_path: Path, opened: Database) -> None:
    decision_id = await put(opened)
    async with opened.transaction() as tx:
        for number in range(4):
            await cast(tx, decision_id, number, Choice.YES)
        outcome = majority.tally({Choice.YES: 4}, MEMBERS, Fraction(0))
        await decisions.close(tx, decision_id, outcome, 2_000)
        await ballots.seal(tx, decision_id)
    assert await opened.truncate_wal()
    data = files(tmp_path)
    assert b"carried" in data
    assert b'"abstain"' not in data
    assert links(tmp_path) == 0


async def test_ballots_in_a_different_order_leave_the_same_table(opened: Database) -> None:
    async def dump(order: list[int]) -> list[tuple[int, str]]:
        decision_id = await put(opened)
        async with opened.transaction() as tx:
            for number in order:
                await cast(tx, decision_id, number, Choice.YES if number % 2 else Choice.NO)
            rows = await tx.statement(
                f"SELECT member_id, choice FROM ballots WHERE decision_id = {decision_id}"
            )
            return [(row["member_id"], row["choice"]) for row in rows]

    forwards = await dump(list(range(50)))
    assert forwards == await dump(list(reversed(range(50))))
