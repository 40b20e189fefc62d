"""The course of an assembly: opened, moved through point by point, its points ended, closed.

Every change is a conditional UPDATE, so that of two facilitators who press at once one acts and
the other learns that it is done. Moments are UTC epoch seconds.
"""

from __future__ import annotations

from collections.abc import Mapping

from assembly.endings import Ending, settles
from storage import points, presences
from storage.engine.transaction import Transaction


async def begin(tx: Transaction, centre_id: int, assembly_id: int, now: int) -> bool:
    """Opens a convened assembly at its first item; freeze it before.

    False if it is open or over already, or while another assembly of the centre is open.
    """
    return bool(
        await tx.run("open_assembly", centre_id=centre_id, assembly_id=assembly_id, now=now)
    )


async def move(
    tx: Transaction, centre_id: int, assembly_id: int, *, position: int, to: int, now: int
) -> bool:
    """From the item at `position` to the one at `to` (both counted from 1); changes neither.

    `to` is what `assembly.session.destination` says. False when the assembly is not open or
    somebody else has walked on before.
    """
    return bool(
        await tx.run(
            "move_session",
            centre_id=centre_id,
            assembly_id=assembly_id,
            expected=position,
            position=to,
            now=now,
        )
    )


async def end_point(
    tx: Transaction,
    centre_id: int,
    item_id: int,
    ending: Ending | None,
    *,
    was: Ending | None = None,
) -> bool:
    """Says how a point of an open assembly ended; None opens it again.

    `was`: what it said until now, as whoever presses has seen it. False, and nothing is changed,
    when somebody else has said something meanwhile, or the assembly is not open.
    """
    return bool(
        await tx.run(
            "end_point",
            centre_id=centre_id,
            item_id=item_id,
            was=None if was is None else was.value,
            ending=None if ending is None else ending.value,
        )
    )


async def plan_minutes(tx: Transaction, centre_id: int, item_id: int, minutes: int | None) -> bool:
    """How long a point is meant to take, None: nobody says; False once its assembly is over."""
    return bool(await tx.run("plan_minutes", centre_id=centre_id, item_id=item_id, minutes=minutes))


async def set_length(tx: Transaction, centre_id: int, assembly_id: int, minutes: int) -> bool:
    """How long the assembly is meant to take; False once it is over."""
    return bool(
        await tx.run("set_length", centre_id=centre_id, assembly_id=assembly_id, minutes=minutes)
    )


async def close(
    tx: Transaction,
    centre_id: int,
    assembly_id: int,
    now: int,
    endings: Mapping[int, Ending] | None = None,
) -> bool:
    """Closes an open assembly; False if it is not open.

    `endings`: how the points ended of which nobody said it, by their ids; what is in it nowhere
    was not reached. The proposals of points that settle them are settled, all others stay open for
    the next assembly. Of who was there only the number stays; then the log must be truncated too.
    """
    for item in await points.items(tx, assembly_id):
        if item.ending is None:
            found = (endings or {}).get(item.id, Ending.NOT_REACHED)
            await end_point(tx, centre_id, item.id, found)
    if not await tx.run("close_assembly", centre_id=centre_id, assembly_id=assembly_id, now=now):
        return False
    for item in await points.items(tx, assembly_id):
        if settles(item.ending) and item.proposal_id is not None:
            await tx.run("settle_proposal", proposal_id=item.proposal_id)
    await presences.end(tx, assembly_id)
    return True
