from __future__ import annotations

import pytest
from kit.centre_rows import add_centre

from storage import comments, endings, proposals, taken_back
from storage.comments import Comment
from storage.engine.database import Database
from storage.erasure.ending_again import end_again
from storage.proposals import Proposal
from storage.secrets.keys import KeyStore

BACK_AT = [
    ([(False, 100)], True),
    ([(False, 100), (True, 200)], False),
    ([(False, 100), (True, 200), (False, 300)], True),
    ([], False),
]


@pytest.fixture
def keys(keys_database: Database) -> KeyStore:
    return KeyStore(keys_database, bytes(32))


async def named(database: Database) -> tuple[Proposal, Comment]:
    """Anna's proposal, which is over, and what she added to it; beside them others of hers."""
    async with database.transaction() as tx:
        await add_centre(tx)
        for statement in (
            "INSERT INTO members (id, centre_id, telegram_id, role, name, status, joined_at)"
            " VALUES (1, 1, 1, 'user', 'Anna', 'active', 0)",
            "INSERT INTO proposals (id, centre_id, author_id, title, named, status, created_at)"
            " VALUES (4, 1, 1, 'One', 1, 'settled', 50), (5, 1, 1, 'Two', 1, 'open', 50)",
            "INSERT INTO comments (id, proposal_id, author_id, text, named, written_at)"
            " VALUES (4, 4, 1, 'Why?', 1, 50), (5, 4, 1, 'Where?', 1, 50)",
        ):
            await tx.statement(statement)
        item, comment = await proposals.get(tx, 1, 4), await comments.get(tx, 1, 4)
    assert item is not None and comment is not None
    return item, comment


@pytest.mark.parametrize(("noted", "gone"), BACK_AT)
async def test_a_restore_brings_no_name_back(
    database: Database, keys: KeyStore, noted: list[tuple[bool, int]], gone: bool
) -> None:
    item, _ = await named(database)
    async with database.transaction() as tx:
        for back, at in noted:
            await taken_back.note_name(tx, keys, item, at, back=back)
    await endings.carry(database, keys)
    assert await end_again(database, keys, 900) == int(gone)
    async with database.reading() as tx:
        found = [await proposals.get(tx, 1, each) for each in (4, 5)]
        assert len(await comments.of_proposal(tx, 1, 4)) == 2
    assert [each.author_name for each in found if each] == [None if gone else "Anna", "Anna"]
    assert await end_again(database, keys, 900) == 0


@pytest.mark.parametrize(("noted", "gone"), BACK_AT)
async def test_a_restore_brings_no_comment_back(
    database: Database, keys: KeyStore, noted: list[tuple[bool, int]], gone: bool
) -> None:
    _, comment = await named(database)
    async with database.transaction() as tx:
        for back, at in noted:
            await taken_back.note_comment(tx, keys, comment, at, back=back)
    await endings.carry(database, keys)
    assert await end_again(database, keys, 900) == int(gone)
    async with database.reading() as tx:
        found = await comments.of_proposal(tx, 1, 4)
    assert [each.text for each in found] == (["Where?"] if gone else ["Why?", "Where?"])
    assert await end_again(database, keys, 900) == 0
