"""No byte of the database's files links a member with a choice (SQLite): neither while a decision
is open nor after its closing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from kit.centre_rows import add_centre, add_member, put_question
from kit.file_bytes import bytes_of

from assembly.deciding import decide
from storage import ballots, decisions, published
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

# Ids that take six bytes each in a record: found by their bytes, not by chance.
FIRST_MEMBER = 0x5A7B3C1D2E00
FIRST_DECISION = 0x4B6A2F1C3D00
MEMBERS = 400
WORDS = ("yes", "no", "abstain")


@pytest.fixture
async def keys(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("keys")
    database = await open_database(f"sqlite:///{folder / 'keys.db'}", "keys")
    await schema.migrate(database)
    yield KeyStore(database, bytes(32))
    await database.close()


@pytest.fixture
async def opened(tmp_path: Path):
    database = await open_database(f"sqlite:///{tmp_path / 'voci.db'}")
    await schema.migrate(database)
    async with database.transaction() as tx:
        await add_centre(tx)
        await tx.statement(
            f"INSERT INTO sqlite_sequence (name, seq) VALUES ('decisions', {FIRST_DECISION - 1})"
        )
        for number in range(MEMBERS):
            await add_member(tx, FIRST_MEMBER + number, telegram_id=number)
    yield database
    await database.close()


def files(folder: Path) -> bytes:
    return bytes_of(folder.iterdir())


def tags(folder: Path, key: bytes, decision_id: int) -> int:
    """How many members' places among the ballots are found, each with what was sealed there."""
    data = files(folder)
    places = [ballots.tag(key, FIRST_MEMBER + number) for number in range(MEMBERS)]
    return sum(data.count(place) for place in places)


def electors(folder: Path, decision_id: int) -> int:
    """How many times a decision's id is directly followed by a member's: both tables' rows."""
    return files(folder).count(decision_id.to_bytes(6, "big") + _start(FIRST_MEMBER))


def _start(member: int) -> bytes:
    return member.to_bytes(6, "big")[:4]


async def put(database: Database, keys: KeyStore) -> int:
    async with database.transaction() as tx:
        return await put_question(tx, keys)


async def cast(tx: Transaction, keys: KeyStore, decision_id: int, number: int, choice: str) -> None:
    recorded = await ballots.cast(
        tx,
        keys,
        telegram_id=number,
        centre_id=1,
        decision_id=decision_id,
        choice=choice,
        now=1_500,
        group_id=None,
    )
    assert recorded is not None


async def vote(database: Database, keys: KeyStore, decision_id: int, rounds: int = 2) -> None:
    """Everybody casts in no order, and again with another mind."""
    chance = random.Random(decision_id)
    for _ in range(rounds):
        for number in chance.sample(range(MEMBERS), MEMBERS):
            async with database.transaction() as tx:
                await cast(tx, keys, decision_id, number, chance.choice(WORDS))


async def close(database: Database, keys: KeyStore, decision_id: int) -> ballots.Collected:
    async with database.transaction() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        collected = await ballots.collect(tx, keys, decision)
        outcome = decide(decision.rule, collected.poll)
        assert await decisions.close(tx, keys, decision, collected, outcome, 2_000)
        await ballots.seal(tx, decision_id)
    return collected


async def test_while_it_is_open_no_choice_and_no_tracker_is_there(
    opened: Database, keys: KeyStore, tmp_path: Path
) -> None:
    assert await opened.truncate_wal()
    in_schema = files(tmp_path).count(b"abstain")
    decision_id = await put(opened, keys)
    await vote(opened, keys, decision_id)
    async with opened.reading() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        collected = await ballots.collect(tx, keys, decision)
        rows = await tx.rows("sealed_ballots", decision_id=decision_id)
    data = files(tmp_path)
    assert not any(tracker.encode() in data for _, _, tracker in collected.cast)
    assert data.count(b"abstain") == in_schema
    assert len({len(row["sealed"]) for row in rows}) == 1
    for number in range(MEMBERS):  # the electorate's rows have a member, the ballots' have none
        assert (FIRST_MEMBER + number).to_bytes(8, "big") not in b"".join(
            row["tag"] + row["sealed"] for row in rows
        )


async def test_nothing_is_left_after_closing(
    opened: Database, keys: KeyStore, tmp_path: Path
) -> None:
    decision_id = await put(opened, keys)
    await vote(opened, keys, decision_id)
    key = await keys.ballot_key(decision_id)
    # It finds what is there.
    assert min(tags(tmp_path, key, decision_id), electors(tmp_path, decision_id)) >= MEMBERS
    collected = await close(opened, keys, decision_id)
    assert tags(tmp_path, key, decision_id) > 0  # still in the log: deleting is not enough
    assert await opened.wipe_remains()
    assert tags(tmp_path, key, decision_id) == 0
    assert electors(tmp_path, decision_id) == 0
    async with opened.reading() as tx:
        listed = await published.ballots(tx, decision_id)
    assert sorted((tracker, ballot) for _, ballot, tracker in collected.cast) == listed


async def test_nothing_is_left_while_other_decisions_stay_open(
    opened: Database, keys: KeyStore, tmp_path: Path
) -> None:
    chance = random.Random(9)  # an order in which deleting alone leaves copies in the pages
    put_ones = [await put(opened, keys) for _ in range(6)]
    presses = [(each, number) for each in put_ones for number in range(MEMBERS)]
    chance.shuffle(presses)
    async with opened.transaction() as tx:
        for decision_id, number in presses:
            await cast(tx, keys, decision_id, number, chance.choice(WORDS))
    chance.shuffle(put_ones)
    for decision_id in put_ones:
        key = await keys.ballot_key(decision_id)
        await close(opened, keys, decision_id)
        assert await opened.wipe_remains()
        assert electors(tmp_path, decision_id) == 0
        assert tags(tmp_path, key, decision_id) == 0


async def test_a_reader_in_the_way_is_told_and_later_it_succeeds(
    opened: Database, keys: KeyStore, tmp_path: Path
) -> None:
    decision_id = await put(opened, keys)
    await vote(opened, keys, decision_id, rounds=1)
    key = await keys.ballot_key(decision_id)
    async with opened.reading() as tx:
        assert len(await decisions.open_ones(tx, 1)) == 1  # a snapshot from before
        await close(opened, keys, decision_id)
        assert not await opened.truncate_wal()
        assert tags(tmp_path, key, decision_id) > 0
    assert await opened.wipe_remains()
    assert tags(tmp_path, key, decision_id) == 0


async def test_figures_of_few_are_in_no_byte(
    tmp_path: Path, opened: Database, keys: KeyStore
) -> None:
    assert await opened.truncate_wal()
    in_schema = files(tmp_path).count(b"abstain")
    decision_id = await put(opened, keys)
    async with opened.transaction() as tx:
        for number in range(4):
            await cast(tx, keys, decision_id, number, "abstain")
    await close(opened, keys, decision_id)
    assert await opened.wipe_remains()
    data = files(tmp_path)
    assert b"no_result" in data
    assert data.count(b"abstain") == in_schema


async def test_ballots_in_a_different_order_leave_the_same_table(
    opened: Database, keys: KeyStore
) -> None:
    async def dump(order: list[int]) -> list[int]:
        decision_id = await put(opened, keys)
        async with opened.transaction() as tx:
            for number in order:
                await cast(tx, keys, decision_id, number, "yes" if number % 2 else "no")
            rows = await tx.statement(f"SELECT tag FROM ballots WHERE decision_id = {decision_id}")
        key = await keys.ballot_key(decision_id)
        places = {ballots.tag(key, FIRST_MEMBER + number): number for number in order}
        found = [row["tag"] for row in rows]
        assert found == sorted(places)  # by a tag that is random without the key
        return sorted(places[each] for each in found)

    assert await dump(list(range(50))) == await dump(list(reversed(range(50))))
