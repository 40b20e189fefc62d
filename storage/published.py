"""What a closed decision publishes: the list and the roll of a secret one, an open one's roll call.

Nothing here says when somebody took part, or after whom.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from assembly import chain
from assembly.ballot import Ballot
from assembly.immutable import immutable
from assembly.outcome import ENOUGH_TO_HIDE_IN, InPersonBallots, Poll
from assembly.roles import Role
from assembly.rule import Rule, Secrecy
from storage.ballots import Collected
from storage.decision_rows import Decision
from storage.engine import plain_data
from storage.engine.transaction import Transaction
from storage.secrets import commitments
from storage.secrets.keys import KeyDestroyed, KeyStore


@immutable
class Said:
    """One line of a roll call; `name` is None where the member was erased since."""

    name: str | None
    ballot: Ballot


@immutable
class Heads:
    """What is published of a poll besides its ballots; see assembly.outcome.Poll."""

    cast: Mapping[Role, int]
    hall: tuple[InPersonBallots, ...]
    headcounts: Mapping[Role | None, int] | None


@immutable
class Receipt:
    """What a member can show to prove that they took part, both hashes in hexadecimal."""

    commitment: str
    member_id: int
    salt: str

    @property
    def text(self) -> str:
        """As `voci verify --roll` takes it."""
        return f"{self.member_id}:{self.salt}"


async def publish(
    tx: Transaction, keys: KeyStore, decision: Decision, collected: Collected
) -> None:
    """Writes down, at closing, what the decision's secrecy allows; its lot's seed is told by now.

    Of a secret decision with fewer than five ballots by phone, and of a sealed one, nothing.
    """
    match decision.rule.secrecy:
        case Secrecy.OPEN:
            await _call_roll(tx, decision.id, collected)
            heads = _written_heads(decision, collected.poll)
            await tx.run("keep_heads", decision_id=decision.id, heads=heads)
        case Secrecy.SECRET:
            if len(collected.cast) >= ENOUGH_TO_HIDE_IN:
                await _publish_list(tx, keys, decision, collected)
        case Secrecy.SEALED:
            pass
        case _:
            assert_never(decision.rule.secrecy)


async def ballots(tx: Transaction, decision_id: int) -> list[tuple[str, Ballot]]:
    """The published list: trackers with their ballots, sorted by tracker."""
    return [
        (row["tracker"], Ballot(row["choice"], row["reason"], _role(row["role"])))
        for row in await tx.rows("published_ballots", decision_id=decision_id)
    ]


async def roll(tx: Transaction, decision_id: int) -> list[str]:
    """A commitment for each who took part by phone, in hexadecimal, sorted."""
    rows = await tx.rows("turnout_roll", decision_id=decision_id)
    return [row["commitment"] for row in rows]


async def roll_call(tx: Transaction, decision_id: int) -> list[Said]:
    """Who said what in an open decision, in an order that tells nothing."""
    return [
        Said(row["name"], Ballot(row["choice"], row["reason"], _role(row["role"])))
        for row in await tx.rows("roll_call", decision_id=decision_id)
    ]


async def hall(tx: Transaction, decision_id: int) -> tuple[InPersonBallots, ...]:
    """The ballots of the hall, where those by phone are published: by role only as they are."""
    row = await tx.row("turnout_of_decision", decision_id=decision_id)
    if row is None or row["heads"] is None:
        return ()
    return plain_data.typed(Heads, json.loads(row["heads"])).hall


async def receipt(
    tx: Transaction, keys: KeyStore, decision: Decision, member_id: int
) -> Receipt | None:
    """A member's own line of the roll, for themselves only; None where they are not on it."""
    try:
        key = await keys.key(member_id)
    except KeyDestroyed:
        return None
    salt = commitments.salt(key, decision.id, decision.lot.commitment)
    commitment = chain.commitment(decision.id, member_id, salt)
    listed = await tx.value("is_on_roll", decision_id=decision.id, commitment=commitment)
    return Receipt(commitment, member_id, salt.hex()) if listed else None


async def own_choice(tx: Transaction, decision_id: int, member_id: int) -> str | None:
    """What a member said in an open decision that is over; None of any other: nobody knows it."""
    found: str | None = await tx.value("own_call", decision_id=decision_id, member_id=member_id)
    return found


async def text(tx: Transaction, decision: Decision) -> str | None:
    """The published file of a closed secret decision, as `voci verify` reads it; None without one.

    It is made from the stored rows, so its head and seal tell whether they are as published.
    """
    if decision.head is None:
        return None
    row = await tx.row("turnout_of_decision", decision_id=decision.id)
    assert row is not None  # noqa: S101 - it has a head
    heads = plain_data.typed(Heads, json.loads(row["heads"]))
    listed = await ballots(tx, decision.id)
    poll = Poll(
        ballots=tuple(ballot for _, ballot in listed),
        electorate=decision.entitled,
        cast=heads.cast,
        present=decision.present,
        hall=heads.hall,
        headcounts=heads.headcounts,
        drawn=decision.lot.order,
    )
    closed = _closed(decision, poll, row["electorate_hash"], await roll(tx, decision.id), listed)
    return chain.publish(closed).text


async def _call_roll(tx: Transaction, decision_id: int, collected: Collected) -> None:
    # In the order of the trackers, which are random: no place tells whose it is.
    for position, (member_id, ballot, _) in enumerate(
        sorted(collected.cast, key=lambda cast: cast[2])
    ):
        await tx.run(
            "call_roll",
            decision_id=decision_id,
            position=position,
            member_id=member_id,
            choice=ballot.choice,
            reason=ballot.reason,
            role=ballot.role and ballot.role.value,
        )


async def _publish_list(
    tx: Transaction, keys: KeyStore, decision: Decision, collected: Collected
) -> None:
    took_part = [member_id for member_id, _, _ in collected.cast]
    lines = await commitments.of(keys, decision.id, decision.lot.commitment, took_part)
    for commitment in lines:
        await tx.run("add_to_roll", decision_id=decision.id, commitment=commitment)
    with_roles = chain.shows_roles(decision.rule, collected.poll)
    for _, ballot, tracker in sorted(collected.cast, key=lambda cast: cast[2]):
        await tx.run(
            "publish_ballot",
            decision_id=decision.id,
            tracker=tracker,
            choice=ballot.choice,
            reason=ballot.reason,
            role=ballot.role.value if ballot.role and with_roles else None,
        )
    listed = [(tracker, ballot) for _, ballot, tracker in collected.cast]
    row = await tx.row("turnout_of_decision", decision_id=decision.id)
    assert row is not None  # noqa: S101 - it was closed just now
    chained = chain.publish(
        _closed(decision, collected.poll, row["electorate_hash"], lines, listed)
    )
    await tx.run(
        "chain_decision",
        decision_id=decision.id,
        head=chained.head,
        seal=chained.seal,
        heads=_written_heads(decision, collected.poll),
    )


def _written_heads(decision: Decision, poll: Poll) -> str:
    return json.dumps(plain_data.plain(_heads(decision.rule, poll)))


def _heads(rule: Rule, poll: Poll) -> Heads:
    if chain.shows_roles(rule, poll):
        return Heads(poll.cast, poll.hall, poll.headcounts)
    hall = tuple(replace(each, role=None) for each in poll.hall)
    people: dict[Role | None, int] | None = None
    if poll.headcounts is not None:
        people = {None: sum(poll.headcounts.values())}
    return Heads({}, hall, people)


def _closed(
    decision: Decision,
    poll: Poll,
    electorate_hash: str,
    roll: list[str],
    listed: list[tuple[str, Ballot]],
) -> chain.Closed:
    lot, outcome = decision.lot, decision.outcome
    assert lot.seed is not None and outcome is not None  # noqa: S101 - it is closed, and not by few
    return chain.Closed(
        decision_id=decision.id,
        question=decision.question,
        rule=decision.rule,
        lot=chain.Lot(lot.commitment, lot.order, lot.seed),
        electorate_hash=electorate_hash,
        poll=poll,
        outcome=outcome,
        roll=roll,
        cast=listed,
    )


def _role(value: str | None) -> Role | None:
    return Role(value) if value else None
