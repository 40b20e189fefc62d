"""Who chairs an assembly, and who takes its notes: asked, said yes, and how often each role has.

Every change is one conditional statement, so that of two who press at once one has the duty and the
other learns of it. Moments are UTC epoch seconds. Who takes no part any more has no duty.
"""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo

from assembly.convening import OPENABLE
from assembly.duties import LAST, QUARTERS, Candidate, Duty, counted_from, quarter
from assembly.immutable import immutable
from assembly.roles import Role
from storage import endings
from storage.assemblies import Assembly
from storage.endings import Ended, Ending
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore

Status = Literal["asked", "yes", "no"]


@immutable
class Asked:
    """A member who was asked about a duty of an assembly, or took it; `named`: wants to be named.

    A no and no answer are the same.
    """

    duty: Duty
    member_id: int
    role: Role
    name: str
    telegram_id: int
    language: str
    status: Status
    asked_at: int
    named: bool


@immutable
class Duties:
    """All who were asked about one assembly."""

    asked: tuple[Asked, ...]

    def holder(self, duty: Duty) -> Asked | None:
        """Who said yes."""
        return next((each for each in self.of(duty) if each.status == "yes"), None)

    def waiting(self, duty: Duty) -> Asked | None:
        """Who has not answered yet."""
        return next((each for each in self.of(duty) if each.status == "asked"), None)

    def of(self, duty: Duty) -> tuple[Asked, ...]:
        """Who was asked about this duty, the first one first."""
        return tuple(each for each in self.asked if each.duty is duty)

    def mine(self, member_id: int) -> Asked | None:
        """The duty that this member has, or is asked about."""
        own = (each for each in self.asked if each.member_id == member_id)
        return next((each for each in own if each.status != "no"), None)


async def wish(tx: Transaction, member_id: int, duty: Duty, *, on: bool) -> None:
    """Stores whether a member would like to now and then; without the wish their turn is gone."""
    query = "want_duty" if on else "drop_duty_wish"
    await tx.run(query, member_id=member_id, duty=duty.value)


async def wishes(tx: Transaction, member_id: int) -> frozenset[Duty]:
    """What a member would like to do now and then."""
    rows = await tx.rows("duty_wishes_of", member_id=member_id)
    return frozenset(Duty(row["duty"]) for row in rows)


async def candidates(tx: Transaction, assembly_id: int, duty: Duty) -> list[Candidate]:
    """Who would like to and can be written to, in order of id."""
    rows = await tx.rows("duty_candidates", assembly_id=assembly_id, duty=duty.value)
    return [Candidate(row["member_id"], Role(row["role"]), row["turn_at"]) for row in rows]


async def of_assembly(tx: Transaction, assembly_id: int) -> Duties:
    """Who was asked about an assembly, and who said yes."""
    return Duties(
        tuple(
            Asked(
                duty=Duty(row["duty"]),
                member_id=row["member_id"],
                role=Role(row["role"]),
                name=row["name"],
                telegram_id=row["telegram_id"],
                language=row["language"],
                status=row["status"],
                asked_at=row["asked_at"],
                named=bool(row["named"]),
            )
            for row in await tx.rows("duties_of_assembly", assembly_id=assembly_id)
        )
    )


async def ask(tx: Transaction, assembly_id: int, duty: Duty, member_id: int, now: int) -> bool:
    """Notes that somebody is asked, which is their turn; False where somebody else is or has it."""
    ids = {"duty": duty.value, "member_id": member_id}
    if not await tx.run("ask_duty", assembly_id=assembly_id, asked_at=now, **ids):
        return False
    await tx.run("note_turn", turn_at=now, **ids)
    return True


async def accept(tx: Transaction, assembly_id: int, duty: Duty, member_id: int) -> bool:
    """Whoever is asked says yes; False where they are not waited for any more."""
    ids = {"assembly_id": assembly_id, "duty": duty.value, "member_id": member_id}
    return bool(await tx.run("accept_duty", **ids))


async def take(tx: Transaction, assembly_id: int, duty: Duty, member_id: int, now: int) -> bool:
    """Somebody who facilitates does it; False where somebody has it, or they have the other one.

    Who was asked meanwhile is not waited for any more.
    """
    ids = {"assembly_id": assembly_id, "duty": duty.value, "member_id": member_id}
    if not await tx.run("take_duty", now=now, **ids):
        return False
    await tx.run("pass_other_asks_on", **ids)
    return True


async def pass_on(
    tx: Transaction, keys: KeyStore, assembly_id: int, duty: Duty, member_id: int, now: int
) -> bool:
    """A no, a yes taken back, or nobody answers: all the same. False once it is open, or passed.

    The ledger hears of each, and of each alike: no restore brings a yes back. Once it is committed,
    call Eraser.catch_up.
    """
    ids = {"assembly_id": assembly_id, "duty": duty.value, "member_id": member_id}
    passed = bool(await tx.run("pass_duty_on", **ids))
    if passed:
        subject = _subject(assembly_id, duty, member_id)
        await endings.note(tx, keys, Ending.LEADING, subject, now)
    return passed


async def end_again(tx: Transaction, keys: KeyStore, ended: Ended, now: int) -> int:
    """After a restore: who has taken a yes back since has no duty; how many. A later yes stays."""
    count = 0
    for row in await tx.rows("duties_held"):
        ids = row["assembly_id"], Duty(row["duty"]), row["member_id"]
        if row["asked_at"] <= ended.at(keys, Ending.LEADING, _subject(*ids)):
            count += await pass_on(tx, keys, *ids, now)
    return count


def _subject(assembly_id: int, duty: Duty, member_id: int) -> str:
    return f"{assembly_id}:{duty.value}:{member_id}"


async def name(tx: Transaction, assembly_id: int, member_id: int, *, on: bool) -> bool:
    """Whether the assembly reads who it is; False without a duty, and where it was so before."""
    ids = {"assembly_id": assembly_id, "member_id": member_id}
    return bool(await tx.run("name_duty", named=int(on), **ids))


async def moved(tx: Transaction, assembly_id: int, now: int) -> None:
    """It has a new time: who had said yes is asked again, all others are forgotten."""
    await tx.run("drop_unheld_duties", assembly_id=assembly_id)
    await tx.run("ask_duties_again", assembly_id=assembly_id, asked_at=now)


async def settle(tx: Transaction, assembly_id: int) -> None:
    """It is open: of whom was asked and did not say yes nothing is kept."""
    await tx.run("drop_unheld_duties", assembly_id=assembly_id)


async def forget(tx: Transaction, assembly_id: int) -> None:
    """Nothing of it is left: it was cancelled, or its minutes are out."""
    await tx.run("drop_duties", assembly_id=assembly_id)


async def close(tx: Transaction, assembly: Assembly, zone: ZoneInfo, now: int) -> None:
    """It is over: each role that led counts once, and only who takes the notes is kept.

    That one writes its minutes; call forget() when they are out.
    """
    found = await of_assembly(tx, assembly.id)
    this = quarter(now, zone)
    for duty in Duty:
        holder = found.holder(duty)
        if holder is not None:
            await tx.run(
                "count_duty",
                centre_id=assembly.centre_id,
                duty=duty.value,
                role=holder.role.value,
                quarter=this,
            )
    before = this - 2 * QUARTERS
    await tx.run("drop_old_duty_counts", centre_id=assembly.centre_id, before=before)
    await tx.run("drop_unheld_duties", assembly_id=assembly.id)
    await tx.run("drop_chair", assembly_id=assembly.id)


async def let_go(tx: Transaction, member_id: int) -> dict[int, bool]:
    """Takes a member out of every duty; the assemblies by id that look for somebody again.

    And whether they were named there.
    """
    rows = await tx.rows("drop_duties_of_member", member_id=member_id)
    return {row["assembly_id"]: bool(row["named"]) for row in rows if row["status"] != "no"}


async def leads(
    tx: Transaction,
    centre_id: int,
    member_id: int,
    duty: Duty,
    now: int,
    assembly_id: int | None = None,
) -> bool:
    """Whether this member has the duty now: of this assembly, or with None of the open one.

    That is one that is open, or, while none is, one that starts within LAST and can be opened.
    """
    ids = {"centre_id": centre_id, "member_id": member_id, "duty": duty.value}
    if assembly_id is None:
        found = await tx.value("leads_open_assembly", **ids)
    else:
        found = await tx.value(
            "leads_assembly",
            assembly_id=assembly_id,
            soon=now + LAST,
            since=now - OPENABLE,
            **ids,
        )
    return found is not None


async def recorded(tx: Transaction, centre_id: int, assembly_id: int, member_id: int) -> bool:
    """Whether this member took the notes of an assembly that is over, its minutes not yet out."""
    ids = {"centre_id": centre_id, "assembly_id": assembly_id, "member_id": member_id}
    return await tx.value("recorded_assembly", **ids) is not None


async def led(
    tx: Transaction, centre_id: int, duty: Duty, zone: ZoneInfo, now: int
) -> dict[Role, int]:
    """How often each role has led in the quarters that count at `now`, if only 0 times."""
    return await led_in(tx, centre_id, duty, counted_from(now, zone), quarter(now, zone))


async def led_in(
    tx: Transaction, centre_id: int, duty: Duty, first: int, last: int
) -> dict[Role, int]:
    """The same from one quarter to another, both included (assembly.duties.quarter)."""
    found = dict.fromkeys(Role, 0)
    ids = {"centre_id": centre_id, "duty": duty.value}
    for row in await tx.rows("duty_counts", first=first, last=last, **ids):
        found[Role(row["role"])] = int(row["times"])
    return found
