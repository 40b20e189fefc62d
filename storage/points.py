"""The points of an agenda: fixed once, forgotten where its assembly is moved to a later day.

Both are conditional UPDATEs of the assembly, so that of two that come at once one acts. Moments are
UTC epoch seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from assembly.convening import OPENABLE
from assembly.endings import Ending
from assembly.immutable import immutable
from storage.assemblies import Status
from storage.engine.transaction import Row, Transaction

REWORDED = "agenda-reworded"
"""The kind of a schedule that is due where a point has another title: posts are brought up to date.
"""

Kind = Literal["proposal", "opening", "follow-up", "report", "late", "task", "minutes"]
"""What a point is about: what somebody proposed, or what the centre begins with.

An "opening" is the round of how everybody is: nothing of it is noted, and it does not end somehow.
"""


_GONE = {"merged": Ending.MERGED, "taken-down": Ending.TAKEN_DOWN}


@immutable
class AgendaItem:
    """One point of a frozen agenda, its `position` counted from 1.

    `proposal_id` is None where the proposal was erased, or there was none. `ending` is None while
    nobody has said how it ended. `proposal_status`: what its proposal is by now, or what it ended
    as. `planned_minutes`: how long it is meant to take. `waits_since`: when the first assembly was
    on whose agenda its proposal stood before this one; None where it is new.
    """

    id: int
    assembly_id: int
    centre_id: int
    position: int
    proposal_id: int | None
    title: str
    ending: Ending | None
    assembly_status: Status
    proposal_status: str | None
    kind: Kind = "proposal"
    planned_minutes: int | None = None
    waits_since: int | None = None

    @property
    def is_listed(self) -> bool:
        """Whether its proposal waits on the list."""
        return self.proposal_status == "open"

    @property
    def is_proposed(self) -> bool:
        """Whether it comes from a proposal."""
        return self.kind in ("proposal", "late")

    @property
    def looks_back(self) -> bool:
        """Whether it is about the assembly before: its minutes, and what became of it."""
        return self.kind in ("minutes", "follow-up")

    @property
    def gone(self) -> Ending | None:
        """What became of its proposal since it was put on the agenda; None: it is there still.

        One that was erased counts as taken back.
        """
        if not self.is_proposed or self.is_listed or self.assembly_status == "closed":
            return None
        return _GONE.get(self.proposal_status or "", Ending.TAKEN_BACK)


async def freeze(
    tx: Transaction,
    assembly_id: int,
    proposals: Iterable[tuple[int, str]],
    now: int,
    openings: Iterable[tuple[Kind, str]] = (),
) -> bool:
    """Fixes the agenda: (proposal id, title) in their order; False if it is fixed already.

    `openings`, each with its title, come before them.
    What comes after belongs to the next assembly. False also once it is open, over or cancelled.
    """
    if not await tx.run("freeze_assembly", assembly_id=assembly_id, now=now):
        return False
    points: list[tuple[Kind, int | None, str]] = [
        *((kind, None, title) for kind, title in openings),
        *(("proposal", proposal_id, title) for proposal_id, title in proposals),
    ]
    for position, (kind, proposal_id, title) in enumerate(points, start=1):
        await tx.run(
            "add_agenda_item",
            assembly_id=assembly_id,
            position=position,
            kind=kind,
            proposal_id=proposal_id,
            title=title,
        )
    return True


async def thaw(tx: Transaction, assembly_id: int) -> None:
    """Forgets the frozen agenda of a convened assembly that was moved to a later day."""
    if await tx.run("thaw_assembly", assembly_id=assembly_id):
        await tx.run("drop_agenda", assembly_id=assembly_id)


async def taken(tx: Transaction, centre_id: int, assembly_id: int, now: int) -> frozenset[int]:
    """Proposals that stand on the frozen agenda of another assembly which is not over."""
    rows = await tx.rows(
        "proposals_on_other_agendas",
        centre_id=centre_id,
        assembly_id=assembly_id,
        since=now - OPENABLE,
    )
    return frozenset(row["proposal_id"] for row in rows)


async def items(tx: Transaction, assembly_id: int) -> list[AgendaItem]:
    """The agenda in its order; empty until it is frozen."""
    return [_item(row) for row in await tx.rows("agenda_items_of", assembly_id=assembly_id)]


async def carried_over(tx: Transaction, centre_id: int) -> dict[int, int]:
    """Open proposals that stood on an agenda before, with when that assembly was, the first one."""
    rows = await tx.rows("proposals_carried_over", centre_id=centre_id)
    return {row["proposal_id"]: row["waits_since"] for row in rows}


async def item(tx: Transaction, centre_id: int, item_id: int) -> AgendaItem | None:
    """An agenda item of an assembly of this centre; None for any other."""
    row = await tx.row("agenda_item", centre_id=centre_id, item_id=item_id)
    return _item(row) if row else None


def _item(row: Row) -> AgendaItem:
    return AgendaItem(
        id=row["id"],
        assembly_id=row["assembly_id"],
        centre_id=row["centre_id"],
        position=row["position"],
        proposal_id=row["proposal_id"],
        title=row["title"],
        ending=None if row["ending"] is None else Ending(row["ending"]),
        assembly_status=row["assembly_status"],
        proposal_status=row["proposal_status"],
        kind=row["kind"],
        planned_minutes=row["planned_minutes"],
        waits_since=row["waits_since"],
    )
