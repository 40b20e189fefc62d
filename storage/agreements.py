"""What an assembly agreed on without a ballot; never who did not agree, nor when.

Every change is a conditional UPDATE, so that of two who press at once one acts. Moments are UTC
epoch seconds.
"""

from __future__ import annotations

from assembly.agreement import Standing
from assembly.immutable import immutable
from storage.engine.transaction import Row, Transaction


@immutable
class Agreement:
    """A wording at a point of an assembly; `title` is the point's. Read until `until`."""

    id: int
    item_id: int
    assembly_id: int
    centre_id: int
    title: str
    wording: str
    put_at: int
    until: int
    standing: Standing


async def put(
    tx: Transaction, centre_id: int, item_id: int, *, wording: str, now: int, until: int
) -> int | None:
    """Puts a wording to those who are there, in place of one that was turned back; its id.

    None where the assembly is not open, where the point has ended or has one that is read, or
    while it is put to a decision.
    """
    await tx.run("drop_turned_back", item_id=item_id)
    found = await tx.value(
        "put_agreement",
        centre_id=centre_id,
        item_id=item_id,
        wording=wording,
        now=now,
        until=until,
    )
    return None if found is None else int(found)


async def find(tx: Transaction, centre_id: int, agreement_id: int) -> Agreement | None:
    """One of this centre; None for any other."""
    row = await tx.row("agreement", centre_id=centre_id, agreement_id=agreement_id)
    return _agreement(row) if row else None


async def by_id(tx: Transaction, agreement_id: int) -> Agreement | None:
    """One of any centre: for schedules, never for what a person asked for."""
    row = await tx.row("agreement_by_id", agreement_id=agreement_id)
    return _agreement(row) if row else None


async def of_assembly(tx: Transaction, assembly_id: int) -> list[Agreement]:
    """Those of all its points, in the order of the agenda."""
    rows = await tx.rows("agreements_of", assembly_id=assembly_id)
    return [_agreement(row) for row in rows]


async def at_point(tx: Transaction, assembly_id: int, item_id: int) -> Agreement | None:
    """The wording at this point, however it stands; None where there is none."""
    found = await of_assembly(tx, assembly_id)
    return next((each for each in found if each.item_id == item_id), None)


async def disagree(tx: Transaction, agreement_id: int, member_id: int) -> bool:
    """Turns it back for a member who is at the open assembly; nothing says for whom.

    False where it is not read any more, or the member has not said that they are there.
    """
    done = await tx.run("turn_back_as_present", agreement_id=agreement_id, member_id=member_id)
    return bool(done)


async def open_again(tx: Transaction, agreement_id: int) -> bool:
    """The same for whoever leads the assembly; also one that stands, while the assembly is open."""
    return bool(await tx.run("turn_back_at_the_desk", agreement_id=agreement_id))


async def stand(tx: Transaction, agreement_id: int, until: int) -> bool:
    """Nobody disagreed until then; False where it is settled already."""
    return bool(await tx.run("let_agreement_stand", agreement_id=agreement_id, until=until))


async def begin_again(tx: Transaction, agreement_id: int, now: int, until: int) -> bool:
    """Gives it its whole time once more, from now; False where it is settled already."""
    return bool(
        await tx.run("begin_agreement_again", agreement_id=agreement_id, now=now, until=until)
    )


def _agreement(row: Row) -> Agreement:
    return Agreement(
        id=row["id"],
        item_id=row["item_id"],
        assembly_id=row["assembly_id"],
        centre_id=row["centre_id"],
        title=row["title"],
        wording=row["wording"],
        put_at=row["put_at"],
        until=row["until"],
        standing=Standing(row["status"]),
    )
