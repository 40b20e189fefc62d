"""Taking down and putting back, on both engines: the words go from everywhere, and come back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from kit.centre_rows import add_centre, add_member

from assembly.harm import Harm
from assembly.roles import Role
from storage import assemblies, comments, points, proposals, takedowns
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction
from storage.members import get

ANNA, BRUNO, FIONA, GINO = 11, 12, 13, 14
TITLE, WHY, INSTEAD = "Dario shall stay at home", "He shouts.", "Taken down"


async def build(tx: Transaction) -> int:
    await add_centre(tx, centre_id=1)
    for member_id, role in (
        (ANNA, Role.USER),
        (BRUNO, Role.USER),
        (FIONA, Role.PROFESSIONAL),
        (GINO, Role.FAMILY),
    ):
        await add_member(tx, member_id, role, name=f"M{member_id}")
    made = await proposals.add(
        tx, centre_id=1, author_id=ANNA, title=TITLE, reason=WHY, named=True, now=100
    )
    await proposals.support(tx, 1, made, BRUNO, on=True)
    return made


async def ask(tx: Transaction, proposal_id: int, now: int = 200) -> bool:
    return await takedowns.ask(tx, 1, proposal_id, FIONA, Harm.NAMES, now)


async def words(tx: Transaction) -> str:
    tables = ("proposals", "agenda_items")
    return str([[tuple(row) for row in await tx.statement(f"SELECT * FROM {t}")] for t in tables])


async def test_its_words_go_from_list_and_agenda_and_come_back(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        assembly = await assemblies.convene(
            tx, centre_id=1, starts_at=900, place=None, convened_by=ANNA, now=100
        )
        await points.freeze(tx, assembly.id, [(proposal_id, TITLE)], 150)
        assert await ask(tx, proposal_id) and not await ask(tx, proposal_id)
        assert TITLE in await words(tx), "until a second one agrees it stays"
        assert await takedowns.confirm(tx, proposal_id, FIONA, INSTEAD, 300) is None, "not alone"
        assert await takedowns.confirm(tx, proposal_id, GINO, INSTEAD, 300) == [assembly.id]
        assert await takedowns.confirm(tx, proposal_id, GINO, INSTEAD, 300) is None
        left = await words(tx)
        assert TITLE not in left and WHY not in left and left.count(INSTEAD) == 2
        item = await proposals.get(tx, 1, proposal_id)
        assert item is not None and item.status == "taken-down" and item.voices == 1
        assert (await proposals.agenda(tx, 1)).items == ()
        found = await takedowns.find(tx, proposal_id)
        assert found is not None and (found.title, found.words) == (TITLE, WHY)
        bruno = await get(tx, BRUNO)
        assert bruno is not None
        assert await takedowns.put_back(tx, 2, proposal_id) is None
        assert await takedowns.put_back(tx, 1, proposal_id) == [assembly.id]
        assert await takedowns.put_back(tx, 1, proposal_id) is None
        back = await proposals.get(tx, 1, proposal_id, BRUNO)
        assert back is not None and back.is_open and back.supported
        assert (await words(tx)).count(TITLE) == 2 and back.reason == WHY


async def test_what_was_asked_holds_for_these_words_and_a_week(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        assert await ask(tx, proposal_id)
        edited: dict[str, Any] = {
            "title": "Dario shall come later",
            "reason": None,
            "named": True,
            "now": 250,
        }
        assert await proposals.edit(
            tx, centre_id=1, proposal_id=proposal_id, author_id=ANNA, **edited
        )
        assert await takedowns.confirm(tx, proposal_id, GINO, INSTEAD, 300) is None
        assert await ask(tx, proposal_id, 400), "for the new words it is asked anew"
        late = 400 + takedowns.ASKED_FOR + 1
        assert await takedowns.confirm(tx, proposal_id, GINO, INSTEAD, late) is None
        assert await ask(tx, proposal_id, late) and await takedowns.refuse(tx, proposal_id)
        assert not await takedowns.refuse(tx, proposal_id)
        assert await proposals.withdraw(tx, 1, proposal_id, ANNA)
        assert not await ask(tx, proposal_id, late), "it is off the list"


async def test_its_author_asks_the_assembly_once_and_that_is_left_alone(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        await ask(tx, proposal_id)
        found = await takedowns.find(tx, proposal_id)
        said: dict[str, Any] = {"title": "Was it right?", "words": "Because.", "now": 500}
        assert found is not None and await takedowns.appeal(tx, 1, found, ANNA, **said) is None
        await takedowns.confirm(tx, proposal_id, GINO, INSTEAD, 300)
        found = await takedowns.find(tx, proposal_id)
        assert found is not None
        made = await takedowns.appeal(tx, 1, found, ANNA, **said)
        again = await takedowns.find(tx, proposal_id)
        assert made is not None and again is not None and again.appeal_id == made
        assert await takedowns.appeal(tx, 1, again, ANNA, **said) is None
        assert not await ask(tx, made, 600), "nobody takes the question down"
        asked = await proposals.get(tx, 1, made)
        assert asked is not None and asked.is_open and asked.author_name is None


async def test_what_stands_under_it_is_not_read_meanwhile(database: Database) -> None:
    async with database.transaction() as tx:
        proposal_id = await build(tx)
        written: dict[str, Any] = {"text": "Dario is ill", "named": False, "now": 150}
        comment_id = await comments.add(
            tx, centre_id=1, proposal_id=proposal_id, member_id=BRUNO, **written
        )
        assert comment_id is not None and await comments.get(tx, 1, comment_id) is not None
        await ask(tx, proposal_id)
        await takedowns.confirm(tx, proposal_id, GINO, INSTEAD, 300)
        assert await comments.get(tx, 1, comment_id) is None


async def test_of_two_seconds_at_once_one_acts(
    fresh_url: Callable[..., Awaitable[str]],
) -> None:
    """One agrees and one puts an end to it, by two processes."""
    url = await fresh_url("main")
    doors = [await open_database(url), await open_database(url)]
    await schema.migrate(doors[0], 1_000)
    proposal_id = await doors[0].run(build)
    await doors[0].run(lambda tx: ask(tx, proposal_id))
    agreed, refused = await asyncio.gather(
        doors[0].run(lambda tx: takedowns.confirm(tx, proposal_id, GINO, INSTEAD, 300)),
        doors[1].run(lambda tx: takedowns.refuse(tx, proposal_id)),
    )
    assert (agreed is None) == refused
    item = await doors[0].run(lambda tx: proposals.get(tx, 1, proposal_id))
    assert item is not None and item.is_open == refused
    for door in doors:
        await door.close()
