"""How close an assembly is to the centre's others: those convened or held, not those cancelled."""

from __future__ import annotations

from itertools import islice
from zoneinfo import ZoneInfo

from assembly import rhythm
from assembly.series import occurrences
from storage import series
from storage.engine.transaction import Transaction


async def is_dense(tx: Transaction, assembly_id: int) -> bool:
    """Whether another one lies less than 10 days away, so that the group has one post of it.

    The next one of its series counts, although it is convened only when this one is over.
    """
    row = await tx.row("assembly_in_rhythm", assembly_id=assembly_id)
    if row is None:
        return False
    zone = ZoneInfo(row["zone"])
    following = await _next_of_series(tx, row["series_id"], row["starts_at"], zone)
    if rhythm.is_dense(row["starts_at"], following, zone):
        return True
    return await would_be_dense(tx, row["centre_id"], assembly_id, row["starts_at"], zone)


async def would_be_dense(
    tx: Transaction, centre_id: int, assembly_id: int, starts_at: int, zone: ZoneInfo
) -> bool:
    """The same for one that is not convened yet (id 0), or not moved there yet."""
    ids = {"centre_id": centre_id, "assembly_id": assembly_id}
    row = await tx.row("nearest_assemblies", **ids, starts_at=starts_at)
    nearest = [row["before_at"], row["after_at"]] if row else []
    return rhythm.is_dense(starts_at, [at for at in nearest if at is not None], zone)


async def _next_of_series(
    tx: Transaction, series_id: int | None, after: int, zone: ZoneInfo
) -> list[int]:
    """When the series that it belongs to meets next, if it goes on."""
    found = None if series_id is None else await series.by_id(tx, series_id)
    if found is None or found.status != "running":
        return []
    coming = occurrences(found.rhythm, found.start, found.pauses, zone, after)
    return [each.starts_at for each in islice(coming, 1)]
