"""How close an assembly is to the centre's others: those convened or held, not those cancelled."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from assembly import rhythm
from storage.engine.transaction import Transaction


async def is_dense(tx: Transaction, assembly_id: int) -> bool:
    """Whether another one lies less than 10 days away, so that the group has one post of it."""
    row = await tx.row("assembly_in_rhythm", assembly_id=assembly_id)
    if row is None:
        return False
    zone = ZoneInfo(row["zone"])
    return await would_be_dense(tx, row["centre_id"], assembly_id, row["starts_at"], zone)


async def would_be_dense(
    tx: Transaction, centre_id: int, assembly_id: int, starts_at: int, zone: ZoneInfo
) -> bool:
    """The same for one that is not convened yet (id 0), or not moved there yet."""
    ids = {"centre_id": centre_id, "assembly_id": assembly_id}
    row = await tx.row("nearest_assemblies", **ids, starts_at=starts_at)
    nearest = [row["before_at"], row["after_at"]] if row else []
    return rhythm.is_dense(starts_at, [at for at in nearest if at is not None], zone)
