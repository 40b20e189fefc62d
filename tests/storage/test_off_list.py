from __future__ import annotations

import pytest
from kit.centre_rows import add_centre

from storage import endings, off_list, proposals
from storage.endings import Ending
from storage.engine.database import Database
from storage.erasure.ending_again import end_again
from storage.proposals import Proposal
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def two_on_the_list(database: Database) -> tuple[Proposal, Proposal]:
    """The first is a point of an assembly that is ahead and of one that is over, with a voice."""
    async with database.transaction() as tx:
        await add_centre(tx)
        for statement in (
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)"
            " VALUES (1, 1, 1, 'user', 'Anna', 'active', 0)",
            "INSERT INTO proposals (id, centre_id, title, named, status, created_at)"
            " VALUES (4, 1, 'About Dario', 0, 'open', 50), (5, 1, 'Benches', 0, 'open', 50)",
            "INSERT INTO supports (proposal_id, member_id) VALUES (4, 1), (5, 1)",
            "INSERT INTO comments (proposal_id, text, named, written_at) VALUES (4, 'Why?', 0, 51)",
            "INSERT INTO assemblies (id, centre_id, starts_at, status, convened_at)"
            " VALUES (7, 1, 900, 'convened', 0), (8, 1, 60, 'closed', 0)",
            "INSERT INTO agenda_items (assembly_id, position, proposal_id, title)"
            " VALUES (7, 1, 4, 'About Dario'), (7, 2, 5, 'Benches'), (8, 1, 4, 'About Dario')",
        ):
            await tx.statement(statement)
        found = [await proposals.get(tx, 1, number) for number in (4, 5)]
    assert found[0] is not None and found[1] is not None
    return found[0], found[1]


@pytest.mark.parametrize(
    ("noted", "off"),
    [
        ([(False, 100)], True),
        ([(False, 100), (True, 200)], False),
        ([(False, 100), (True, 200), (False, 300)], True),
        ([], False),
    ],
)
async def test_a_restore_puts_nothing_back_on_the_list(
    database: Database, keys: KeyStore, noted: list[tuple[bool, int]], off: bool
) -> None:
    harmful, other = await two_on_the_list(database)
    async with database.transaction() as tx:
        for back, at in noted:
            await off_list.note(tx, keys, harmful, at, back=back)
    await endings.carry(database, keys)
    assert await end_again(database, keys, 900) == int(off)
    async with database.transaction() as tx:
        states = [await proposals.get(tx, 1, each.id) for each in (harmful, other)]
        rows = await tx.statement("SELECT title FROM agenda_items ORDER BY assembly_id, position")
        comments = await tx.statement("SELECT text FROM comments")
    assert [each.status for each in states if each] == ["withdrawn" if off else "open", "open"]
    assert [each.voices for each in states if each] == [int(not off), 1]
    ahead = "…" if off else "About Dario"
    assert [row["title"] for row in rows] == [ahead, "Benches", "About Dario"]
    assert len(comments) == int(not off)
    assert await end_again(database, keys, 900) == 0


async def test_another_proposal_of_that_number_is_none_of_it(
    database: Database, keys: KeyStore
) -> None:
    harmful, _ = await two_on_the_list(database)
    async with database.transaction() as tx:
        await off_list.note(tx, keys, harmful, 100, back=False)
        await tx.statement("UPDATE proposals SET created_at = 51")
    await endings.carry(database, keys)
    assert await end_again(database, keys, 900) == 0
    [entry] = await Ledger(keys.database).entries(Ending.OFF_LIST.value)
    assert entry.subject == f"{endings.mark(keys, Ending.OFF_LIST, '4:1:50')}:100"
