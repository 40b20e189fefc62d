"""What came after the points were sent: the assembly decides whether to take it.

Every change is one conditional statement, so that of two who press at once one acts and the other
sees where things stand.
"""

from __future__ import annotations

from assembly.convening import OPENABLE
from assembly.endings import Ending
from assembly.immutable import immutable
from storage.assemblies import Assembly
from storage.engine.transaction import Transaction


@immutable
class Late:
    """A proposal that came later."""

    proposal_id: int
    title: str
    reason: str | None


async def waiting(tx: Transaction, assembly: Assembly, now: int) -> list[Late]:
    """What came after this assembly's points were sent, in the order in which it came.

    Left out is what was taken already, or left for next time, and what stands on another agenda.
    Empty until the points are sent. `now`: UTC epoch seconds.
    """
    if assembly.frozen_at is None:
        return []
    rows = await tx.rows(
        "late_proposals",
        centre_id=assembly.centre_id,
        assembly_id=assembly.id,
        since=now - OPENABLE,
    )
    return [Late(row["id"], row["title"], row["reason"]) for row in rows]


async def take(tx: Transaction, centre_id: int, assembly_id: int, proposal_id: int) -> bool:
    """It becomes the last point of the open assembly; False where it is one already, or over."""
    return await _add(tx, centre_id, assembly_id, proposal_id, None)


async def leave(tx: Transaction, centre_id: int, assembly_id: int, proposal_id: int) -> bool:
    """It is left for next time, which the assembly's points say, too; False as for `take`."""
    return await _add(tx, centre_id, assembly_id, proposal_id, Ending.GOES_ON)


async def _add(
    tx: Transaction, centre_id: int, assembly_id: int, proposal_id: int, ending: Ending | None
) -> bool:
    added = await tx.run(
        "add_late_point",
        centre_id=centre_id,
        assembly_id=assembly_id,
        proposal_id=proposal_id,
        ending=None if ending is None else ending.value,
    )
    return bool(added)
