"""Points that were given another place on a fixed agenda, each with its reason.

Moments are UTC epoch seconds; places count from 1.
"""

from __future__ import annotations

from assembly.immutable import immutable
from assembly.reordering import place_after
from storage import assemblies, points
from storage.engine.transaction import Transaction
from storage.points import AgendaItem

_AWAY = 1_000_000  # no agenda has so many points: a place is free while they change


@immutable
class Change:
    """A point went from one place to another; `reason` None: whoever gave it has erased it."""

    item_id: int
    title: str
    was: int
    becomes: int
    reason: str | None
    changed_at: int


async def reorder(
    tx: Transaction,
    *,
    centre_id: int,
    item_id: int,
    was: int,
    becomes: int,
    reason: str,
    member_id: int,
    now: int,
) -> bool:
    """Gives a point another place; the point that the assembly is at stays the one it is at.

    `was`: its place, as whoever moves it has seen it. False, and nothing is changed, where it
    stands elsewhere by now, there is no such place, or the agenda is neither fixed nor open.
    """
    item = await points.item(tx, centre_id, item_id)
    if item is None or item.position != was or item.assembly_status not in ("convened", "open"):
        return False
    items = await points.items(tx, item.assembly_id)
    if becomes == was or not 1 <= becomes <= len(items):
        return False
    await _move(tx, items, was, becomes)
    assembly = await assemblies.find(tx, centre_id, item.assembly_id)
    if assembly is not None and assembly.position is not None and assembly.position <= len(items):
        await tx.run(
            "follow_current_point",
            assembly_id=assembly.id,
            expected=assembly.position,
            position=place_after(assembly.position, was=was, becomes=becomes),
        )
    await tx.run(
        "note_agenda_change",
        assembly_id=item.assembly_id,
        item_id=item_id,
        was=was,
        becomes=becomes,
        reason=reason,
        member_id=member_id,
        now=now,
    )
    return True


async def _move(tx: Transaction, items: list[AgendaItem], was: int, becomes: int) -> None:
    """Gives all from one place to the other theirs; parked meanwhile, no two have the same."""
    first, last = min(was, becomes), max(was, becomes)
    assembly_id = items[0].assembly_id
    await tx.run("park_agenda_items", assembly_id=assembly_id, first=first, last=last, away=_AWAY)
    for each in items:
        if first <= each.position <= last:
            place = place_after(each.position, was=was, becomes=becomes)
            await tx.run("place_agenda_item", item_id=each.id, position=place)


async def of(tx: Transaction, assembly_id: int) -> list[Change]:
    """The changes of an agenda in their order, with the titles of their points."""
    return [
        Change(
            item_id=row["item_id"],
            title=row["title"],
            was=row["was"],
            becomes=row["becomes"],
            reason=row["reason"],
            changed_at=row["changed_at"],
        )
        for row in await tx.rows("agenda_changes_of", assembly_id=assembly_id)
    ]
