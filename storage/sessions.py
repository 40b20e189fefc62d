"""The course of an assembly: opened, moved through point by point, closed.

Every change is a conditional UPDATE, so that of two facilitators who press at once one acts and
the other learns that it is done. Moments are UTC epoch seconds.
"""

from __future__ import annotations

from assembly.session import Way
from storage import presences
from storage.assemblies import ItemStatus
from storage.engine.transaction import Transaction

_MARKS: dict[Way, ItemStatus | None] = {
    Way.NEXT: None,
    Way.BACK: None,
    Way.DONE: "done",
    Way.POSTPONE: "postponed",
    Way.REOPEN: "waiting",
}


async def begin(tx: Transaction, centre_id: int, assembly_id: int, now: int) -> bool:
    """Opens a convened assembly at its first item; freeze it before.

    False if it is open or over already, or while another assembly of the centre is open.
    """
    return bool(
        await tx.run("open_assembly", centre_id=centre_id, assembly_id=assembly_id, now=now)
    )


async def step(
    tx: Transaction, centre_id: int, assembly_id: int, *, position: int, way: Way, to: int
) -> bool:
    """From the item at `position` to the one at `to` (both counted from 1), or marks it there.

    `to` is what `assembly.session.destination` says. Only DONE, POSTPONE and REOPEN change the
    item. False, and nothing is changed, when the assembly is not open or somebody else has walked
    on before.
    """
    moved = await tx.run(
        "move_session",
        centre_id=centre_id,
        assembly_id=assembly_id,
        expected=position,
        position=to,
    )
    mark = _MARKS[way]
    if moved and mark is not None:
        await tx.run("mark_agenda_item", assembly_id=assembly_id, position=position, status=mark)
    return bool(moved)


async def close(tx: Transaction, centre_id: int, assembly_id: int, now: int) -> bool:
    """Closes an open assembly; False if it is not open.

    The proposals of items that are done are settled; all others stay open for the next assembly.
    Of who was there only the number stays; then the log must be truncated too.
    """
    if not await tx.run("close_assembly", centre_id=centre_id, assembly_id=assembly_id, now=now):
        return False
    await tx.run("settle_done_proposals", assembly_id=assembly_id)
    await presences.end(tx, assembly_id)
    return True
