"""An assembly with its agenda, and who convenes it: rows only, nobody is told."""

from __future__ import annotations

from storage import assemblies, centres, members, people, points, proposals, sessions
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.engine.transaction import Transaction
from storage.members import Member

NOW = 1_780_000_000
HOUR = 3600


async def a_centre(tx: Transaction, chat_id: int = -100) -> Centre:
    return await centres.add(
        tx, chat_id=chat_id, name="Aurora", language="en", zone="Europe/Rome", now=NOW
    )


async def a_member(tx: Transaction, centre: Centre, telegram_id: int = 1) -> Member:
    await people.meet(tx, telegram_id, "it", NOW)
    return await members.add(
        tx, centre_id=centre.id, telegram_id=telegram_id, role="user", name="Anna", now=NOW
    )


async def convened(
    tx: Transaction, centre: Centre, member: Member, ahead: int = 48 * HOUR
) -> Assembly:
    return await assemblies.convene(
        tx,
        centre_id=centre.id,
        starts_at=NOW + ahead,
        place="Via Roma 12",
        convened_by=member.id,
        now=NOW,
    )


async def a_proposal(tx: Transaction, centre: Centre, member: Member, title: str) -> int:
    return await proposals.add(
        tx,
        centre_id=centre.id,
        author_id=member.id,
        title=title,
        reason=None,
        named=False,
        now=NOW,
    )


async def opened(tx: Transaction, number: int = 3) -> tuple[Centre, Assembly, list[int]]:
    """One that is at the first of so many points, with its centre and their proposals."""
    centre = await a_centre(tx)
    member = await a_member(tx, centre)
    found = await convened(tx, centre, member)
    ids = [await a_proposal(tx, centre, member, f"Point {n}") for n in range(1, number + 1)]
    await points.freeze(tx, found.id, [(each, f"Point {each}") for each in ids], NOW)
    assert await sessions.begin(tx, centre.id, found.id, NOW)
    return centre, found, ids
