"""Assemblies: convened, moved, cancelled.

Every change is a conditional UPDATE, so that of two facilitators who press at once one acts and
the other learns that it is done. Moments are UTC epoch seconds.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from assembly.convening import OPENABLE
from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction

SIGN = "assembly-sign"
"""The kind of a schedule that is due where whoever leads is to see something new without pressing.
"""

Status = Literal["convened", "open", "closed", "cancelled"]


@immutable
class Assembly:
    """One meeting; moments are UTC epoch seconds, None until it has come so far.

    `frozen_at`: when its agenda was fixed. `position` is None unless it is open: it is the number
    of the current item, from 1; one more than there are items means that all have been seen.
    `series_date`: the day that its series names (ISO 8601), wherever it was moved to.
    `sequence`: how often it was changed. `reason`: why it was cancelled, if that was said.
    `point_since`: when it came to that item; `length_minutes`: how long it is meant to take.
    `break_at`: when its break is, None once it was.
    """

    id: int
    centre_id: int
    starts_at: int
    place: str | None
    status: Status
    convened_at: int
    frozen_at: int | None
    opened_at: int | None
    closed_at: int | None
    position: int | None
    series_id: int | None = None
    series_date: str | None = None
    sequence: int = 0
    reason: str | None = None
    point_since: int | None = None
    length_minutes: int | None = None
    break_at: int | None = None

    @property
    def began_at(self) -> int:
        """When it began: when it was to, or when it was opened, if that was before."""
        return min(self.starts_at, self.opened_at or self.starts_at)

    def takes_place(self, now: int) -> bool:
        """Whether it goes on, or is to come; one that nobody opens counts a while longer."""
        to_come = self.status == "convened" and self.starts_at > now - OPENABLE
        return self.status == "open" or to_come


async def convene(
    tx: Transaction,
    *,
    centre_id: int,
    starts_at: int,
    place: str | None,
    convened_by: int,
    now: int,
) -> Assembly:
    """Stores a new assembly; the caller has checked that it starts in the future."""
    assembly_id = await tx.value(
        "add_assembly",
        centre_id=centre_id,
        starts_at=starts_at,
        place=place,
        convened_by=convened_by,
        now=now,
    )
    return Assembly(
        assembly_id, centre_id, starts_at, place, "convened", now, None, None, None, None
    )


async def convene_of_series(
    tx: Transaction,
    *,
    centre_id: int,
    series_id: int,
    day: date,
    starts_at: int,
    place: str | None,
    length_minutes: int,
    now: int,
) -> Assembly | None:
    """Stores the assembly of a series for the day that it names; None where that has one already.

    Nobody convened it: what a facilitator wanted is the series.
    """
    assembly_id = await tx.value(
        "add_assembly_of_series",
        centre_id=centre_id,
        series_id=series_id,
        series_date=day.isoformat(),
        starts_at=starts_at,
        place=place,
        length=length_minutes,
        now=now,
    )
    return None if assembly_id is None else await by_id(tx, assembly_id)


async def adopt(tx: Transaction, assembly_id: int, series_id: int, day: date) -> bool:
    """Lets an assembly that was convened by hand be that of a series for a day; False where it
    can't be: it has begun, belongs to a series, or the day has one already.
    """
    ids = {"assembly_id": assembly_id, "series_id": series_id}
    return bool(await tx.run("adopt_assembly", **ids, series_date=day.isoformat()))


async def on(tx: Transaction, series_id: int, day: date) -> Assembly | None:
    """The assembly of a series for the day that it names, whatever became of it."""
    row = await tx.row("assembly_on", series_id=series_id, series_date=day.isoformat())
    return _assembly(row) if row else None


async def of_series(tx: Transaction, series_id: int) -> list[Assembly]:
    """All assemblies of a series, by the days that it names."""
    rows = await tx.rows("assemblies_of_series", series_id=series_id)
    return [_assembly(row) for row in rows]


async def latest_starts(tx: Transaction, centre_id: int, most: int) -> list[int]:
    """When the latest assemblies started or start, the last first; none that were cancelled."""
    rows = await tx.rows("latest_held", centre_id=centre_id, most=most)
    return [row["starts_at"] for row in rows]


async def find(tx: Transaction, centre_id: int, assembly_id: int) -> Assembly | None:
    """An assembly of this centre, whatever its status; None for any other."""
    row = await tx.row("assembly_of_centre", centre_id=centre_id, assembly_id=assembly_id)
    return _assembly(row) if row else None


async def by_id(tx: Transaction, assembly_id: int) -> Assembly | None:
    """An assembly of any centre: for schedules, never for what a person asked for."""
    row = await tx.row("assembly_by_id", assembly_id=assembly_id)
    return _assembly(row) if row else None


async def upcoming(tx: Transaction, centre_id: int, now: int) -> list[Assembly]:
    """The open one first, then those convened, earliest first.

    A convened assembly that was never opened counts for OPENABLE seconds after its start.
    """
    rows = await tx.rows("upcoming_assemblies", centre_id=centre_id, since=now - OPENABLE)
    return [_assembly(row) for row in rows]


async def last_place(tx: Transaction, centre_id: int) -> str | None:
    """Where the latest assembly met or meets, if that was said."""
    place: str | None = await tx.value("last_place", centre_id=centre_id)
    return place


async def move(
    tx: Transaction, centre_id: int, assembly_id: int, starts_at: int, place: str | None
) -> bool:
    """Gives a convened assembly another time or place; False once it is open or over."""
    return bool(
        await tx.run(
            "move_assembly",
            centre_id=centre_id,
            assembly_id=assembly_id,
            starts_at=starts_at,
            place=place,
        )
    )


async def cancel(
    tx: Transaction,
    centre_id: int,
    assembly_id: int,
    reason: str | None = None,
    by: int | None = None,
) -> bool:
    """Cancels a convened assembly; False once it is open or over.

    The reason is for all to read; it is erased with the member whose words it is in.
    """
    return bool(
        await tx.run(
            "cancel_assembly",
            centre_id=centre_id,
            assembly_id=assembly_id,
            reason=reason,
            cancelled_by=by,
        )
    )


def _assembly(row: Row) -> Assembly:
    return Assembly(
        id=row["id"],
        centre_id=row["centre_id"],
        starts_at=row["starts_at"],
        place=row["place"],
        status=row["status"],
        convened_at=row["convened_at"],
        frozen_at=row["frozen_at"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        position=row["current_position"],
        series_id=row["series_id"],
        series_date=row["series_date"],
        sequence=row["sequence"],
        reason=row["reason"],
        point_since=row["point_since"],
        length_minutes=row["length_minutes"],
        break_at=row["break_at"],
    )
