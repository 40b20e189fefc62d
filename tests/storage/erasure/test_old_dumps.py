"""Old ciphertext outlives a closing: in PostgreSQL's dead rows, in its log, in copies of files.

What protects there is the key that closing destroys. So with everything that an attacker could
have kept of the main database, with the key store as it is afterwards, and even with the master
key, nothing can be opened; with the key store of before, everything could.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.centre_rows import add_centre, put_question
from kit.wiping import shredder_of

from assembly.deciding import decide
from storage import ballots, decisions
from storage.engine.database import Database
from storage.sealed_ballots import open_up
from storage.secrets.cipher import Unreadable, unseal
from storage.secrets.keys import KeyDestroyed, KeyStore

MASTER = b"m" * 32
VOTERS = 7
CHOICES = ("yes", "no", "abstain", "yes", "no", "yes", "yes")


@dataclass
class Dump:
    """What somebody has copied: rows of ballots with their tags, and all wrapped keys."""

    sealed: list[tuple[bytes, bytes]]
    wrapped: list[tuple[str, int, bytes]]

    def opened(self, decision_id: int, later: Dump) -> list[str]:
        """The choices that these keys open; `later`: a dump with other keys to try as well."""
        found = []
        for where, sealed in self.sealed:
            for key in later.unwrapped():
                try:
                    found.append(open_up(key, decision_id, where, sealed).choice)
                except Unreadable:
                    continue
        return found

    def unwrapped(self) -> list[bytes]:
        """Every key that the master key unwraps, and some that it would be foolish to use."""
        keys = [MASTER, bytes(32)]
        for kind, number, wrapped in self.wrapped:
            context = f"{kind} {number}".encode()
            keys.append(unseal(MASTER, wrapped, context))
        return keys


async def dump(database: Database, keys: KeyStore) -> Dump:
    async with database.reading() as tx:
        sealed = await tx.statement("SELECT tag, sealed FROM ballots")
    async with keys.database.reading() as tx:
        ballot_keys = await tx.statement("SELECT decision_id AS id, wrapped FROM ballot_keys")
        data_keys = await tx.statement("SELECT member_id AS id, wrapped FROM data_keys")
    kinds = ("ballot key of decision", ballot_keys), ("data key of member", data_keys)
    return Dump(
        [(bytes(row["tag"]), bytes(row["sealed"])) for row in sealed],
        [(kind, row["id"], bytes(row["wrapped"])) for kind, rows in kinds for row in rows],
    )


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, MASTER)


async def voted(database: Database, keys: KeyStore) -> int:
    async with database.transaction() as tx:
        await add_centre(tx, VOTERS)
        decision_id = await put_question(tx, keys)
    for member, choice in enumerate(CHOICES, 1):
        await keys.create_key(member)
        async with database.transaction() as tx:
            assert await ballots.cast_for(
                tx, keys, decision_id=decision_id, member_id=member, choice=choice, now=1_500
            )
    return decision_id


async def close(database: Database, keys: KeyStore, decision_id: int) -> None:
    async with database.transaction() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        collected = await ballots.collect(tx, keys, decision)
        outcome = decide(decision.rule, collected.poll)
        assert await decisions.close(tx, keys, decision, collected, outcome, 2_000)
        await ballots.seal(tx, decision_id)
    await shredder_of(database, keys).shred()


async def test_with_the_key_gone_nothing_opens(database: Database, keys: KeyStore) -> None:
    decision_id = await voted(database, keys)
    before = await dump(database, keys)
    assert sorted(before.opened(decision_id, before)) == sorted(CHOICES)  # with the key it could
    await close(database, keys, decision_id)
    after = await dump(database, keys)
    assert after.sealed == []
    assert len(after.unwrapped()) == 2 + VOTERS  # the members' keys are there to be tried
    assert before.opened(decision_id, after) == []
    with pytest.raises(KeyDestroyed):
        await keys.ballot_key(decision_id)


async def test_rows_that_postgresql_keeps_are_of_no_use(database: Database, keys: KeyStore) -> None:
    """Dead rows are still in its files after the closing; ctid and xmin tell the order."""
    if database.engine != "postgresql":
        pytest.skip("on SQLite deleted rows are overwritten: see test_sealed_ballots_bytes.py")
    decision_id = await voted(database, keys)
    async with database.reading() as tx:
        rows = await tx.statement("SELECT tag FROM ballots ORDER BY xmin::text::bigint, ctid")
    key = await keys.ballot_key(decision_id)
    # Whoever reads the server's own columns knows after whom somebody cast: the docs say so.
    tags = [ballots.tag(key, member) for member in range(1, VOTERS + 1)]
    assert [bytes(row["tag"]) for row in rows] == tags
    before = await dump(database, keys)
    await close(database, keys, decision_id)
    after = await dump(database, keys)
    async with database.reading() as tx:
        [row] = await tx.statement("SELECT pg_relation_size('ballots') AS size")
        lists = await tx.statement("SELECT tracker FROM published_ballots ORDER BY ctid")
        one = await tx.statement("SELECT DISTINCT xmin::text FROM published_ballots")
    assert row["size"] > 0  # no row is left, and the page with the dead ones is
    assert before.opened(decision_id, after) == []
    # What is published was written in one transaction, in the order of the trackers.
    assert [row["tracker"] for row in lists] == sorted(row["tracker"] for row in lists)
    assert len(one) == 1
