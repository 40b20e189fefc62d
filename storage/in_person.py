"""What people in the room who don't vote by phone say together.

Every change is one conditional statement, so that of two facilitators who press at once one acts
and the other learns where things stand. Who may is asked in the same statement: a count belongs to
whoever enters it, and is confirmed, people included, by another one, of another role.
"""

from __future__ import annotations

import json
from dataclasses import replace

from assembly.immutable import immutable
from assembly.in_person import Count, Headcounts, State, counted
from assembly.outcome import InPersonBallots
from assembly.roles import Role
from assembly.rule import Rule
from storage.decision_rows import Decision
from storage.engine.transaction import Row, Transaction
from storage.headcount import role_of, text_of


@immutable
class Entry(Count):
    """The count of one question as it is stored; the figures only for the two who count.

    `number` is another one after each change. `enterer` and `checker` are the names of who enters
    and who checks it, None where there is nobody. `people` are those that it was handed over with,
    None while it is being entered.
    """

    decision_id: int
    number: int
    enterer: str | None
    checker: str | None
    ballots: tuple[InPersonBallots, ...]
    people: Headcounts | None


@immutable
class Checker:
    """A facilitator who could confirm a count: where, and in which language."""

    telegram_id: int
    language: str


async def entered(tx: Transaction, assembly_id: int) -> dict[int, tuple[InPersonBallots, ...]]:
    """What the hall's counts hold for the open questions of an assembly, by decision."""
    found: dict[int, list[InPersonBallots]] = {}
    for row in await tx.rows("hall_ballots_of_assembly", assembly_id=assembly_id):
        found.setdefault(row["decision_id"], []).append(_ballots(row))
    return {decision_id: tuple(ballots) for decision_id, ballots in found.items()}


async def entry(tx: Transaction, centre_id: int, decision_id: int) -> Entry | None:
    """The count of a question of this centre, if anybody has begun one."""
    row = await tx.row("in_person_entry", centre_id=centre_id, decision_id=decision_id)
    if row is None:
        return None
    ballots = await tx.rows("in_person_ballots_of", decision_id=decision_id)
    return Entry(
        decision_id=decision_id,
        number=row["entry"],
        state=State(row["state"]),
        entered_by=row["entered_by"],
        entered_role=Role(row["entered_role"]),
        enterer=row["enterer"],
        checked_by=row["confirmed_by"],
        checker=row["checker"],
        ballots=tuple(_ballots(each) for each in ballots),
        people=_heads(row["people"]),
    )


async def begin(
    tx: Transaction, centre_id: int, decision_id: int, member_id: int, role: Role, now: int
) -> bool:
    """Begins a count where there is none; False where there is, or it can't be counted now."""
    return bool(
        await tx.run(
            "begin_in_person_entry",
            centre_id=centre_id,
            decision_id=decision_id,
            member_id=member_id,
            role=role.value,
            now=now,
        )
    )


async def restart(
    tx: Transaction, decision_id: int, member_id: int, role: Role, number: int
) -> bool:
    """Throws away the count that was seen under this number, confirmed or not, and begins anew."""
    begun = await tx.run(
        "restart_in_person_entry",
        decision_id=decision_id,
        member_id=member_id,
        role=role.value,
        entry=number,
    )
    if begun:
        await tx.run("forget_in_person_ballots", decision_id=decision_id)
    return bool(begun)


async def put(tx: Transaction, decision_id: int, member_id: int, said: InPersonBallots) -> bool:
    """Stores how many ballots say this; False unless this member is counting just now.

    The caller has checked that there are so many people.
    """
    if not await _step(tx, "touch_hall_entry", decision_id, member_id):
        return False
    await tx.run(
        "put_in_person_ballots",
        decision_id=decision_id,
        role=text_of(said.role),
        choice=said.choice,
        ballots=said.ballots,
    )
    return True


async def hand_over(
    tx: Transaction, decision_id: int, member_id: int, headcounts: Headcounts
) -> bool:
    """The count of these people is complete and waits to be confirmed.

    False unless this member was counting.
    """
    heads = json.dumps({text_of(role): number for role, number in headcounts.items()})
    ids = {"decision_id": decision_id, "member_id": member_id}
    return bool(await tx.run("hand_over_in_person_entry", people=heads, **ids))


async def take_back(tx: Transaction, decision_id: int, member_id: int) -> bool:
    """Whoever entered it changes it again, as long as it is not confirmed."""
    return await _step(tx, "take_back_in_person_entry", decision_id, member_id)


async def check(tx: Transaction, decision_id: int, member_id: int, role: Role) -> bool:
    """Takes it on to check a count: somebody else than who entered it, of another role."""
    return bool(
        await tx.run(
            "check_in_person_entry", decision_id=decision_id, member_id=member_id, role=role.value
        )
    )


async def confirm(
    tx: Transaction, decision_id: int, member_id: int, role: Role, number: int
) -> bool:
    """Confirms the very count that was seen under this number; False for any other."""
    return bool(
        await tx.run(
            "confirm_in_person_entry",
            decision_id=decision_id,
            member_id=member_id,
            role=role.value,
            entry=number,
        )
    )


async def checkers(tx: Transaction, centre_id: int, role: Role, now: int) -> list[Checker]:
    """The facilitators on duty at `now` who are of another role than this one."""
    rows = await tx.rows("in_person_checkers", centre_id=centre_id, role=role.value, now=now)
    return [Checker(row["telegram_id"], row["language"]) for row in rows]


async def hall(
    tx: Transaction, decision_id: int, rule: Rule
) -> tuple[tuple[InPersonBallots, ...], Headcounts | None]:
    """What counts at closing: the confirmed ballots, and the people confirmed with them.

    None without a confirmed count: then nobody in the hall counts as entitled or present either.
    """
    heads = _heads(await tx.value("confirmed_in_person_people", decision_id=decision_id))
    if (headcounts := counted(heads or {}, rule)) is None:
        return (), None
    ballots = await tx.rows("confirmed_in_person_ballots", decision_id=decision_id)
    return tuple(_ballots(row) for row in ballots), headcounts


async def with_people(tx: Transaction, decision: Decision) -> Decision:
    """The decision as its terms are told while it is open: with those in the hall as entitled.

    As far as two have agreed on how many they are.
    """
    if decision.assembly_id is None or decision.status != "open":
        return decision
    heads = _heads(await tx.value("confirmed_in_person_people", decision_id=decision.id))
    headcounts = counted(heads or {}, decision.rule) or {}
    return replace(decision, electorate=decision.electorate + sum(headcounts.values()))


async def forget(tx: Transaction, decision_id: int) -> None:
    """Deletes a question's count once it is over: what it said is in the outcome."""
    await tx.run("forget_in_person_ballots", decision_id=decision_id)
    await tx.run("forget_in_person_entry", decision_id=decision_id)


async def _step(tx: Transaction, query: str, decision_id: int, member_id: int) -> bool:
    return bool(await tx.run(query, decision_id=decision_id, member_id=member_id))


def _ballots(row: Row) -> InPersonBallots:
    return InPersonBallots(row["choice"], row["ballots"], role_of(row["role"]))


def _heads(text: str | None) -> Headcounts | None:
    return {role_of(role): n for role, n in json.loads(text).items()} if text is not None else None
