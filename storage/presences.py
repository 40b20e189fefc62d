"""Which members have said that they are at the open assembly; forgotten for good when it closes.

Only numbers leave this module for a screen. Who was there is nobody's business afterwards.
"""

from __future__ import annotations

from assembly.roles import Role
from storage import remains
from storage.engine.transaction import Transaction


async def say(
    tx: Transaction, *, centre_id: int, assembly_id: int, member_id: int, here: bool
) -> bool:
    """Stores that a member is there, or no longer; False where nothing was different.

    The one statement is the guard too: an assembly of this centre, while it is open.
    """
    query = "come_in" if here else "go_out"
    return bool(
        await tx.run(query, centre_id=centre_id, assembly_id=assembly_id, member_id=member_id)
    )


async def is_here(tx: Transaction, assembly_id: int, member_id: int) -> bool:
    """Whether this member has said so: for their own screen."""
    found = await tx.value("is_present", assembly_id=assembly_id, member_id=member_id)
    return found is not None


async def present_by_role(tx: Transaction, assembly_id: int) -> dict[Role, int]:
    """How many active members of each role are there; every role is named, if only with 0."""
    found = dict.fromkeys(Role, 0)
    for row in await tx.rows("present_by_role", assembly_id=assembly_id):
        found[Role(row["role"])] = int(row["members"])
    return found


async def members_present(tx: Transaction, assembly_id: int) -> list[int]:
    """The active members who are there, by id: for an electorate of those present only."""
    return [row["member_id"] for row in await tx.rows("members_present", assembly_id=assembly_id)]


async def were_present(tx: Transaction, assembly_id: int) -> int:
    """How many had said so when the assembly was closed; 0 before."""
    return int(await tx.value("were_present", assembly_id=assembly_id) or 0)


async def forget(tx: Transaction, member_id: int) -> None:
    """Takes a member who is erased out of every open assembly."""
    await tx.run("forget_presences", member_id=member_id)


async def end(tx: Transaction, assembly_id: int) -> None:
    """Keeps the number and deletes for good who was there; then call Shredder.shred."""
    await tx.run("number_present", assembly_id=assembly_id)
    await tx.run("remove_presences", assembly_id=assembly_id)
    await remains.note(tx)
