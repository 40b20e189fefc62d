"""Who takes part in a centre, and in which role."""

from __future__ import annotations

from typing import Literal

from assembly.immutable import immutable
from assembly.roles import Role
from storage import centres
from storage.centres import Centre
from storage.engine.errors import Conflict
from storage.engine.transaction import Row, Transaction


@immutable
class Member:
    """A person in one centre; the name is the one that the assembly sees.

    Not `active`: they have left, and what was decided with them stays. `joined_at`: UTC epoch
    seconds.
    """

    id: int
    centre_id: int
    telegram_id: int
    role: Role
    name: str
    status: Literal["active", "left"]
    joined_at: int


@immutable
class Presser:
    """Who acts, by a press or in words: the member, the centre, the duty, the language they read.

    `facilitates`: whether they hold the facilitator's duty now. `language`: a code (en, it, de).
    `centres`: in how many the person takes part, at least 1; 0 for somebody who has left. `rests`:
    what they agreed to is to be agreed to anew before they take part again.
    """

    member: Member
    centre: Centre
    facilitates: bool
    language: str
    centres: int
    rests: bool = False


async def add(
    tx: Transaction, *, centre_id: int, telegram_id: int, role: Role | str, name: str, now: int
) -> Member:
    """Makes a person a member, or again one who had left; raises Conflict for an active one."""
    row = await tx.row(
        "add_member",
        centre_id=centre_id,
        telegram_id=telegram_id,
        role=Role(role).value,
        name=name,
        joined_at=now,
    )
    if row is None:
        raise Conflict("this person is a member already")
    return from_row(row)


async def get(tx: Transaction, member_id: int) -> Member | None:
    """The member of that id, active or not, or None."""
    row = await tx.row("member", id=member_id)
    return from_row(row) if row else None


async def find(tx: Transaction, centre_id: int, telegram_id: int) -> Member | None:
    """The person's membership in a centre, active or not, or None."""
    row = await tx.row("member_of", centre_id=centre_id, telegram_id=telegram_id)
    return from_row(row) if row else None


async def everybody(tx: Transaction) -> list[Member]:
    """The members of all centres, active or not, in order of id."""
    return [from_row(row) for row in await tx.rows("all_members")]


async def of_person(tx: Transaction, telegram_id: int) -> list[Member]:
    """All memberships of a person, active or not, the first joined first."""
    return [from_row(row) for row in await tx.rows("memberships_of", telegram_id=telegram_id)]


async def presser(tx: Transaction, telegram_id: int, centre_id: int, now: int) -> Presser | None:
    """The active member who acts, with centre and duty as they are now; None for others.

    `now` (UTC epoch seconds) tells whether a facilitator's term has ended.
    """
    row = await tx.row("presser", telegram_id=telegram_id, centre_id=centre_id)
    if row is None:
        return None
    until = row["facilitator_until"]
    return Presser(
        member=from_row(row),
        centre=centres.from_row(row, "centre_"),
        facilitates=row["facilitator_since"] is not None and (until is None or now < until),
        language=row["person_language"],
        centres=row["person_centres"],
        rests=bool(row["consent_rests"]),
    )


async def active(tx: Transaction, centre_id: int) -> list[Member]:
    """The centre's active members in order of id."""
    return [from_row(row) for row in await tx.rows("active_members", centre_id=centre_id)]


async def names(tx: Transaction, centre_id: int) -> dict[int, str]:
    """What all are called who take part or took part, by id; nobody who has been erased."""
    rows = await tx.rows("member_names", centre_id=centre_id)
    return {row["id"]: row["name"] for row in rows}


async def counts(tx: Transaction, centre_id: int) -> dict[Role, int]:
    """How many active members each role has; every role is named, if only with 0."""
    found = dict.fromkeys(Role, 0)
    for row in await tx.rows("members_by_role", centre_id=centre_id):
        found[Role(row["role"])] = int(row["members"])
    return found


async def rename(tx: Transaction, member_id: int, name: str) -> bool:
    """Changes the name that the assembly sees; False for nobody."""
    return bool(await tx.run("rename_member", id=member_id, name=name))


async def leave(tx: Transaction, member_id: int, now: int) -> bool:
    """Ends taking part at `now` (UTC epoch seconds); False if it had ended.

    The row stays for what was decided with it, for as long as the centre keeps it.
    """
    return bool(await tx.run("leave_centre", id=member_id, left_at=now))


async def left_at(tx: Transaction, member_id: int) -> int | None:
    """When somebody left (UTC epoch seconds); None where they have not, or it is not known."""
    found = await tx.value("left_at", id=member_id)
    return None if found is None else int(found)


async def restrict(tx: Transaction, member_id: int, now: int) -> bool:
    """Keeps a member's things from `now` on (UTC epoch seconds) without using them.

    They are as one who has left, but for good: no period runs. False where they take no part.
    """
    return bool(await tx.run("restrict_member", id=member_id, now=now))


async def lift(tx: Transaction, member_id: int) -> bool:
    """Uses a member's things again; False where they were not restricted."""
    return bool(await tx.run("lift_restriction", id=member_id))


async def is_restricted(tx: Transaction, member_id: int) -> bool:
    """Whether a member's things are kept and not used."""
    return await tx.value("restricted_at", id=member_id) is not None


async def restricted_of(tx: Transaction, telegram_id: int) -> list[Member]:
    """The person's memberships whose things are kept and not used, in order of id."""
    return [from_row(row) for row in await tx.rows("restricted_of", telegram_id=telegram_id)]


async def count_answers(tx: Transaction, member_id: int, on: bool) -> None:
    """Whether a member's answers may count in summaries, from the next window on."""
    await tx.run("count_answers_of", id=member_id, not_counted=int(not on))


async def answers_count(tx: Transaction, member_id: int) -> bool:
    """Whether a member's answers may count in summaries."""
    return not await tx.value("answers_not_counted", id=member_id)


async def want_role(tx: Transaction, member_id: int, role: Role) -> bool:
    """A member wants their role corrected; False where they have this one, or asked before."""
    return bool(await tx.run("want_role", id=member_id, role=role.value))


async def settle_role(tx: Transaction, member_id: int, role: Role, *, yes: bool) -> bool:
    """Corrects the role to the one that is wanted, or leaves it; False where it is not wanted."""
    query = "correct_role" if yes else "leave_role"
    return bool(await tx.run(query, id=member_id, role=role.value))


async def remove(tx: Transaction, member_id: int) -> bool:
    """Erases the membership with its duty and consents; False for nobody."""
    return bool(await tx.run("remove_member", id=member_id))


def from_row(row: Row) -> Member:
    """A member from a row with all columns of theirs."""
    return Member(
        id=row["id"],
        centre_id=row["centre_id"],
        telegram_id=row["telegram_id"],
        role=Role(row["role"]),
        name=row["name"],
        status=row["status"],
        joined_at=row["joined_at"],
    )
