"""The facilitator's duty: any member may hold it, for a term."""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.roles import Role
from storage.engine.transaction import Transaction


@immutable
class Facilitator:
    """A member on duty since then; `until` (UTC epoch seconds) None has no end yet."""

    member_id: int
    telegram_id: int
    name: str
    role: Role
    language: str
    since: int
    until: int | None


async def add(tx: Transaction, member_id: int, now: int, until: int | None = None) -> None:
    """Gives a member the duty from `now`, or a new term; raises Conflict for nobody."""
    await tx.run("add_facilitator", member_id=member_id, since=now, until=until)


async def end(tx: Transaction, member_id: int) -> bool:
    """Takes the duty back; False if the member did not hold it."""
    return bool(await tx.run("end_facilitator", member_id=member_id))


async def since(tx: Transaction, member_id: int) -> int | None:
    """Since when a member holds the duty (UTC epoch seconds), if its term has ended too."""
    found = await tx.value("facilitator_since", member_id=member_id)
    return None if found is None else int(found)


async def contacts(tx: Transaction, centre_id: int, now: int) -> list[Facilitator]:
    """The active members who hold the duty at `now`, with where and how to speak to them."""
    return [
        Facilitator(
            member_id=row["member_id"],
            telegram_id=row["telegram_id"],
            name=row["name"],
            role=Role(row["role"]),
            language=row["language"],
            since=row["since"],
            until=row["until"],
        )
        for row in await tx.rows("facilitators_of", centre_id=centre_id, now=now)
    ]
