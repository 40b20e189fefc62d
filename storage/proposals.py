"""What members put forward, and how many support it: never who."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from assembly import agenda as rules
from assembly.immutable import immutable
from assembly.roles import Role
from storage import members
from storage.engine.transaction import Row, Transaction

Status = Literal["open", "withdrawn", "settled", "merged", "taken-down"]


@immutable
class Proposal:
    """A proposal as one viewer may know it; times are UTC epoch seconds.

    `author_id` says who may edit it and is never shown; `author_name` is None unless the author
    wants it shown and is a member now. `supporters` are head-counts of active members by role.
    `supported` says whether the viewer is among them.
    """

    id: int
    centre_id: int
    author_id: int | None
    author_name: str | None
    title: str
    reason: str | None
    named: bool
    status: Status
    created_at: int
    edited_at: int | None
    supporters: Mapping[Role, int]
    supported: bool

    @property
    def voices(self) -> int:
        """How many active members support it."""
        return sum(self.supporters.values())

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an assembly."""
        return self.status == "open"


@immutable
class Agenda:
    """The open proposals of a centre in the order of assembly.agenda; active members by role."""

    items: tuple[Proposal, ...]
    sizes: Mapping[Role, int]


@immutable
class Own:
    """One of a member's own proposals, whatever became of it; edited or made at `touched_at`."""

    id: int
    title: str
    status: Status
    touched_at: int


async def agenda(tx: Transaction, centre_id: int, viewer_id: int = 0) -> Agenda:
    """The open proposals, heaviest first, as a member sees them; viewer 0 is nobody."""
    found = await tx.rows("open_proposals", centre_id=centre_id, viewer_id=viewer_id)
    items = {row["id"]: _proposal(row) for row in found}
    sizes = await members.counts(tx, centre_id)
    standings = [
        rules.Standing(item.id, item.created_at, rules.weight(item.supporters, sizes))
        for item in items.values()
    ]
    return Agenda(tuple(items[standing.id] for standing in rules.order(standings)), sizes)


async def get(
    tx: Transaction, centre_id: int, proposal_id: int, viewer_id: int = 0
) -> Proposal | None:
    """One proposal of this centre whatever its status; None where the centre has no such one."""
    row = await tx.row("proposal", centre_id=centre_id, id=proposal_id, viewer_id=viewer_id)
    return _proposal(row) if row is not None else None


async def centre_of(tx: Transaction, proposal_id: int) -> int | None:
    """The centre that a proposal belongs to, before anybody is allowed to see it."""
    found = await tx.value("centre_of_proposal", id=proposal_id)
    return int(found) if found is not None else None


async def own(tx: Transaction, member_id: int) -> list[Own]:
    """What a member put forward, newest first."""
    rows = await tx.rows("proposals_of", member_id=member_id)
    return [Own(row["id"], row["title"], row["status"], row["touched_at"]) for row in rows]


async def add(
    tx: Transaction,
    *,
    centre_id: int,
    author_id: int,
    title: str,
    reason: str | None,
    named: bool,
    now: int,
) -> int:
    """Puts a proposal on the list and returns its id.

    The caller has cleaned and measured the texts (assembly/wording.py). `named`: whether the list
    tells the author's name. `now`: UTC epoch seconds.
    """
    found = await tx.value(
        "add_proposal",
        centre_id=centre_id,
        author_id=author_id,
        title=title,
        reason=reason,
        named=int(named),
        at=now,
    )
    return int(found)


async def edit(
    tx: Transaction,
    *,
    centre_id: int,
    proposal_id: int,
    author_id: int,
    title: str,
    reason: str | None,
    named: bool,
    now: int,
) -> bool:
    """Changes an open proposal of the author's own, as add() has it; False where it is not that."""
    changed = await tx.run(
        "edit_proposal",
        centre_id=centre_id,
        id=proposal_id,
        author_id=author_id,
        title=title,
        reason=reason,
        named=int(named),
        at=now,
    )
    return changed == 1


async def withdraw(tx: Transaction, centre_id: int, proposal_id: int, author_id: int) -> bool:
    """Takes an open proposal of the author's own off the list; voices and comments are forgotten.

    False where it is not the author's, not this centre's, or not open any more.
    """
    done = await tx.run(
        "withdraw_proposal", centre_id=centre_id, id=proposal_id, author_id=author_id
    )
    if done == 1:
        await tx.run("forget_supports", id=proposal_id)
        await tx.run("forget_comments", proposal_id=proposal_id)
    return done == 1


async def support(
    tx: Transaction, centre_id: int, proposal_id: int, member_id: int, *, on: bool
) -> None:
    """Adds a member's voice or takes it back; twice is the same as once.

    Nothing happens unless the proposal is open and of the member's own centre: ask get().
    """
    query = "add_support" if on else "take_support_back"
    await tx.run(query, centre_id=centre_id, proposal_id=proposal_id, member_id=member_id)


async def reasons_on(tx: Transaction, assembly_id: int) -> dict[int, str]:
    """Why each point of a fixed agenda matters, by its id, where its author said so.

    Words that were taken back are not among them.
    """
    rows = await tx.rows("reasons_on_agenda", assembly_id=assembly_id)
    return {row["item_id"]: row["reason"] for row in rows}


def _proposal(row: Row) -> Proposal:
    return Proposal(
        id=row["id"],
        centre_id=row["centre_id"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        title=row["title"],
        reason=row["reason"],
        named=bool(row["named"]),
        status=row["status"],
        created_at=row["created_at"],
        edited_at=row["edited_at"],
        supporters={
            Role.USER: row["users"],
            Role.FAMILY: row["families"],
            Role.PROFESSIONAL: row["professionals"],
        },
        supported=bool(row["supported"]),
    )
