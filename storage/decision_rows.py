"""A decision as it is put, and as it is read from its row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Literal

from assembly.counting.table import METHODS
from assembly.immutable import immutable
from assembly.outcome import Outcome, Result
from assembly.roles import Role
from assembly.rule import DecisionMethod, Rule
from storage import outcomes, rules
from storage.engine.transaction import Row, Transaction

Status = Literal["open", "closed", "void", "cancelled"]


@immutable
class Lot:
    """The order of the options by which ties are broken, the luckiest first; () without options.

    `commitment` is the seed's SHA-256; the `seed` itself is told once the decision is closed.
    Both in hexadecimal.
    """

    commitment: str
    order: tuple[int, ...]
    seed: str | None


NO_LOT = Lot("", (), None)


@immutable
class Decision:
    """A decision as everybody may know it. Moments are UTC epoch seconds.

    `electorate` is how many may take part, `entitled` the same by role, `present` who was there
    when it was put (None where nobody was asked). `closes_at` is None while no moment is planned;
    `outcome` is None while it is open, and for ever where so few took part that their choices
    could be told: only `result` and `winners` are kept then. `version` counts from 1, and
    `previous_id` is the version before. `joined_until`: by when one must have joined to take part,
    None where nobody was left out for that. `head` and `seal` are the ends of the published chain.
    """

    id: int
    centre_id: int
    assembly_id: int | None
    item_id: int | None
    question: str
    rule: Rule
    electorate: int
    status: Status
    opened_at: int
    closes_at: int | None
    closed_at: int | None
    result: Result | None
    outcome: Outcome | None
    reason: str | None
    version: int = 1
    previous_id: int | None = None
    lot: Lot = NO_LOT
    head: str | None = None
    seal: str | None = None
    winners: tuple[int, ...] = ()
    entitled: Mapping[Role, int] = field(default_factory=dict)
    present: Mapping[Role, int] | None = None
    joined_until: int | None = None


@immutable
class Motion:
    """A question as it is put to the members of a centre ("motion" as in Robert's Rules of Order).

    `closes_at`: UTC epoch seconds, None where no moment is planned. `seed`: 32 random bytes for the
    order that breaks ties. `named`: the ids of the members of a named electorate, or of those
    present; whoever is no active member of the centre is left out. `present`: how many of each role
    are there, None where nobody was asked. `item_id`: the proposal that it settles, if any;
    `previous_id`: the decision that it puts anew in other words, if any.
    """

    centre_id: int
    question: str
    rule: Rule
    seed: bytes
    closes_at: int | None = None
    assembly_id: int | None = None
    item_id: int | None = None
    named: Collection[int] = ()
    present: Mapping[Role, int] | None = None
    previous_id: int | None = None


async def read(tx: Transaction, row: Row) -> Decision:
    """The decision of a row of `decisions`."""
    options: tuple[str, ...] = ()
    if not METHODS[DecisionMethod(row["method"])].words:
        labels = await tx.rows("options_of_decision", decision_id=row["id"])
        options = tuple(each["label"] for each in labels)
    return _decision(row, options)


def _decision(row: Row, options: tuple[str, ...]) -> Decision:
    size, figures, present = row["electorate_size"], row["figures"], row["present_by_role"]
    names = "id centre_id assembly_id item_id question status opened_at closes_at closed_at"
    more = "result reason version previous_id head seal joined_until"
    return Decision(
        **{name: row[name] for name in (names + " " + more).split()},
        rule=rules.from_row(row, options),
        electorate=size,
        outcome=outcomes.read(figures, row["result"], size) if figures else None,
        lot=Lot(row["lot_commitment"], rules.read_numbers(row["lot_order"]), row["lot_seed"]),
        winners=rules.read_numbers(row["winners"]),
        entitled=rules.heads(row["entitled_by_role"]),
        present=None if present is None else rules.heads(present),
    )
