"""Decisions: a question, its frozen electorate, and what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assembly.electorate import digest
from assembly.outcome import Outcome, Result, shows_figures
from storage.transaction import Row, Transaction

Status = Literal["open", "closed", "void", "cancelled"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as everybody may know it. Moments are UTC epoch seconds.

    `closes_at` is None while no moment is planned; `outcome` is None while it is open, and for
    ever where fewer than five took part: only the `result` is kept then.
    """

    id: int
    centre_id: int
    assembly_id: int | None
    item_id: int | None
    question: str
    quorum: Fraction
    electorate: int
    status: Status
    opened_at: int
    closes_at: int | None
    closed_at: int | None
    result: Result | None
    outcome: Outcome | None
    reason: str | None


async def put(
    tx: Transaction,
    *,
    centre_id: int,
    assembly_id: int | None,
    item_id: int | None,
    question: str,
    quorum: Fraction,
    closes_at: int | None,
    now: int,
) -> int | None:
    """Opens a decision; the centre's active members of this moment are its electorate.

    Returns its id, or None where the item is being decided already. `quorum` is a share (0 to 1).
    """
    decision_id: int | None = await tx.value(
        "open_decision",
        centre_id=centre_id,
        assembly_id=assembly_id,
        item_id=item_id,
        question=question,
        quorum_numerator=quorum.numerator,
        quorum_denominator=quorum.denominator,
        opened_at=now,
        closes_at=closes_at,
    )
    if decision_id is None:
        return None
    await tx.run("freeze_electorate", decision_id=decision_id, centre_id=centre_id)
    electors = [row["member_id"] for row in await tx.rows("electorate", decision_id=decision_id)]
    await tx.run(
        "record_electorate",
        decision_id=decision_id,
        size=len(electors),
        hash=digest(decision_id, electors),
    )
    return decision_id


async def get(tx: Transaction, centre_id: int, decision_id: int) -> Decision | None:
    """The centre's decision of this id, if there is one."""
    row = await tx.row("decision", centre_id=centre_id, decision_id=decision_id)
    return _decision(row) if row else None


async def still_open(tx: Transaction, decision_id: int) -> Decision | None:
    """The decision of this id while it is open, whichever centre's."""
    row = await tx.row("decision_to_close", decision_id=decision_id)
    return _decision(row) if row else None


async def open_ones(tx: Transaction, centre_id: int) -> list[Decision]:
    """What is being decided in the centre, the first to close first."""
    return [_decision(row) for row in await tx.rows("open_decisions", centre_id=centre_id)]


async def recent(tx: Transaction, centre_id: int, since: int, most: int) -> list[Decision]:
    """What was decided, voided or cancelled from `since` on, the latest first, at most `most`."""
    rows = await tx.rows("recent_decisions", centre_id=centre_id, since=since, most=most)
    return [_decision(row) for row in rows]


async def outcomes_of(tx: Transaction, assembly_id: int) -> list[Decision]:
    """What an assembly decided, or cancelled, in the order of closing."""
    rows = await tx.rows("decisions_of_assembly", assembly_id=assembly_id)
    return [_decision(row) for row in rows]


async def extend(tx: Transaction, centre_id: int, decision_id: int, closes_at: int) -> bool:
    """Moves the closing of an open decision; False where it is not open any more."""
    moved = await tx.value(
        "extend_decision", centre_id=centre_id, decision_id=decision_id, closes_at=closes_at
    )
    return moved is not None


async def close(tx: Transaction, decision_id: int, outcome: Outcome, now: int) -> bool:
    """Closes an open decision with its outcome; False where somebody else has.

    With fewer than five ballots the figures are not stored either.
    """
    closed = await tx.value(
        "close_decision",
        decision_id=decision_id,
        closed_at=now,
        result=outcome.result,
        figures=_figures(outcome),
    )
    return closed is not None


async def cancel(tx: Transaction, centre_id: int, decision_id: int, reason: str, now: int) -> bool:
    """Cancels an open decision, saying why; False where it is not open any more."""
    cancelled = await tx.value(
        "cancel_decision",
        centre_id=centre_id,
        decision_id=decision_id,
        closed_at=now,
        reason=reason,
    )
    return cancelled is not None


async def void_open(tx: Transaction, now: int) -> list[Decision]:
    """Makes every open decision void, of all centres: its ballots are lost. Those that were."""
    voided = [_decision(row) for row in await tx.rows("decisions_left_open")]
    for each in voided:
        await tx.value("void_decision", decision_id=each.id, closed_at=now)
    return [replace(each, status="void", closed_at=now) for each in voided]


def _figures(outcome: Outcome) -> str | None:
    if not shows_figures(outcome):
        return None
    return json.dumps(
        {
            "yes": outcome.yes,
            "no": outcome.no,
            "abstain": outcome.abstain,
            "needed": outcome.needed,
        }
    )


def _decision(row: Row) -> Decision:
    outcome = None
    if row["figures"] is not None:
        figures = json.loads(row["figures"])
        cast = figures["yes"] + figures["no"] + figures["abstain"]
        outcome = Outcome(
            result=row["result"], cast=cast, electorate=row["electorate_size"], **figures
        )
    return Decision(
        id=row["id"],
        centre_id=row["centre_id"],
        assembly_id=row["assembly_id"],
        item_id=row["item_id"],
        question=row["question"],
        quorum=Fraction(row["quorum_numerator"], row["quorum_denominator"]),
        electorate=row["electorate_size"],
        status=row["status"],
        opened_at=row["opened_at"],
        closes_at=row["closes_at"],
        closed_at=row["closed_at"],
        result=row["result"],
        outcome=outcome,
        reason=row["reason"],
    )
