from __future__ import annotations

import re

import pytest
from kit.centre_rows import add_centre

from assembly.harm import Harm
from storage import comments, endings, proposals, taken_back
from storage.comments import Comment
from storage.endings import Ending
from storage.engine.database import Database
from storage.erasure.ending_again import end_again
from storage.proposals import Proposal
from storage.secrets.keys import KeyStore
from storage.secrets.ledger import Ledger

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


async def after_restore(database: Database, keys: KeyStore, changed: int) -> list[Comment]:
    await endings.carry(database, keys)
    assert await end_again(database, keys, 900) == changed
    async with database.reading() as tx:
        found = await comments.of_proposal(tx, 1, 4)
    assert await end_again(database, keys, 900) == 0
    return found


async def test_a_restore_brings_no_comment_back_that_was_taken_back(
    database: Database, keys: KeyStore
) -> None:
    _, comment = await named(database)
    async with database.transaction() as tx:
        await taken_back.note_hidden(tx, keys, comment, Harm.HURTS, 100)
        await taken_back.note_shown(tx, keys, comment, 300)
        await taken_back.note_deleted(tx, keys, comment, 200)
    assert [each.text for each in await after_restore(database, keys, 1)] == ["Where?"]


async def test_nor_one_that_was_hidden_in_the_backup(database: Database, keys: KeyStore) -> None:
    _, comment = await named(database)
    async with database.transaction() as tx:
        await comments.hide(tx, 4, Harm.HURTS)
        await taken_back.note_hidden(tx, keys, comment, Harm.HURTS, 10)
        await taken_back.note_deleted(tx, keys, comment, 200)
    assert [each.text for each in await after_restore(database, keys, 1)] == ["Where?"]


@pytest.mark.parametrize(
    ("noted", "hidden"),
    [
        ([(Harm.PRIVATE, 100)], Harm.PRIVATE),
        ([(Harm.PRIVATE, 100), (None, 200)], None),
        ([(Harm.PRIVATE, 100), (None, 200), (Harm.NAMES, 300)], Harm.NAMES),
        ([], None),
    ],
)
async def test_what_was_hidden_is_hidden_again_for_the_same_reason(
    database: Database,
    keys: KeyStore,
    noted: list[tuple[Harm | None, int]],
    hidden: Harm | None,
) -> None:
    _, comment = await named(database)
    async with database.transaction() as tx:
        for why, at in noted:
            if why is None:
                await taken_back.note_shown(tx, keys, comment, at)
            else:
                await taken_back.note_hidden(tx, keys, comment, why, at)
    found = await after_restore(database, keys, int(hidden is not None))
    assert [(each.text, each.hidden) for each in found] == [("Why?", hidden), ("Where?", None)]


async def test_of_somebody_erased_since_nothing_hidden_stays(
    database: Database, keys: KeyStore
) -> None:
    _, comment = await named(database)
    async with database.transaction() as tx:
        await taken_back.note_hidden(tx, keys, comment, Harm.NAMES, 100)
        await tx.statement("UPDATE comments SET author_id = NULL, named = 0")
    assert [each.text for each in await after_restore(database, keys, 1)] == ["Where?"]


@pytest.mark.parametrize(("noted", "gone"), BACK_AT)
async def test_of_which_an_older_ledger_does_not_say_how_it_went_it_is_gone(
    database: Database, keys: KeyStore, noted: list[tuple[bool, int]], gone: bool
) -> None:
    await named(database)
    async with database.transaction() as tx:
        for back, at in noted:
            kind = Ending.COMMENT_BACK if back else Ending.COMMENT
            await endings.note(tx, keys, kind, "4:1:50", at)
    found = await after_restore(database, keys, int(gone))
    assert [each.text for each in found] == (["Where?"] if gone else ["Why?", "Where?"])


async def test_the_ledger_says_nobody_why_something_was_hidden(
    database: Database, keys: KeyStore
) -> None:
    _, comment = await named(database)
    async with database.transaction() as tx:
        await taken_back.note_hidden(tx, keys, comment, Harm.NAMES, 100)
        await taken_back.note_hidden(tx, keys, comment, Harm.HURTS, 100)
    await endings.carry(database, keys)
    found = await Ledger(keys.database).entries("comment hidden")
    assert {each.data for each in found} == {""} and len({each.subject for each in found}) == 2
    assert all(re.fullmatch("[0-9a-f]+:100", each.subject) for each in found)
