from __future__ import annotations

from typing import Any

from assembly.agreement import until
from assembly.roles import Role
from storage import agreements, assemblies, centres, members, people, points, sessions, tasks
from storage.engine.database import Database
from storage.engine.transaction import Transaction
from storage.erasure import said_of_members
from storage.members import Member
from storage.secrets.keys import KeyStore

NOW = 1_764_763_200


async def said(tx: Transaction, chat_id: int) -> tuple[Member, str]:
    """Anna, and an open assembly of her centre in which all that is written names her."""
    centre = await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )
    await people.meet(tx, -chat_id, "en", NOW)
    anna = await members.add(
        tx, centre_id=centre.id, telegram_id=-chat_id, role=Role.USER, name="Anna", now=NOW
    )
    proposal_id = await tx.value(
        "add_proposal",
        centre_id=centre.id,
        author_id=None,
        title="A room for Anna",
        reason="Anna asked.",
        named=0,
        at=NOW,
    )
    assembly = await assemblies.convene(
        tx, centre_id=centre.id, starts_at=NOW, place=None, convened_by=anna.id, now=NOW
    )
    await points.freeze(tx, assembly.id, [(proposal_id, "A room for Anna")], NOW)
    assert await sessions.begin(tx, centre.id, assembly.id, NOW)
    [item] = await points.items(tx, assembly.id)
    words: dict[str, Any] = {"wording": "Anna has the key.", "now": NOW, "until": until(NOW)}
    assert await agreements.put(tx, centre.id, item.id, **words)
    task: dict[str, Any] = {
        "centre_id": centre.id,
        "assembly_id": assembly.id,
        "due_at": None,
        "now": NOW,
    }
    task_id = await tasks.add(tx, what="Ask Anna", **task)
    assert await tasks.give_to_group(tx, centre.id, task_id, "Anna’s group")
    return anna, await told(tx, centre.id)


async def told(tx: Transaction, centre_id: int) -> str:
    queries = ("agreements", "tasks", "at_points", "about_moving", "proposals")
    found = [await tx.rows(f"said_in_{each}", centre_id=centre_id) for each in queries[:2]]
    found += [await tx.rows(f"said_{each}", centre_id=centre_id) for each in queries[2:4]]
    found.append(await tx.rows("said_in_proposals", centre_id=centre_id))
    return str([[dict(row) for row in rows] for rows in found])


async def test_it_goes_wherever_minutes_to_come_would_name_them(
    database: Database, keys_database: Database
) -> None:
    keys = KeyStore(keys_database, bytes(32))
    async with database.transaction() as tx:
        anna, before = await said(tx, -100)
        other, elsewhere = await said(tx, -200)
        assert before.count("Anna") == 6
        await said_of_members.take_out(tx, keys, anna, NOW)
        after = await told(tx, anna.centre_id)
        assert "Anna" not in after and after.count("…") == 6
        assert "… has the key." in after and "A room for …" in after and "…’s group" in after
        assert await told(tx, other.centre_id) == elsewhere, "of another centre she is another Anna"
