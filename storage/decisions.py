"""Decisions: a question, the rule it is put under, its frozen electorate, and what came of it."""

from __future__ import annotations

from dataclasses import replace

from assembly.counting import lot
from assembly.electorate import digest
from assembly.outcome import ENOUGH_TO_HIDE_IN, Outcome, shows_figures
from assembly.roles import Role
from assembly.rule import Secrecy
from storage import electorates, outcomes, published, rules
from storage.ballots import Collected
from storage.decision_rows import Decision, Lot, Motion, Status, read
from storage.electorates import Candidates
from storage.engine.transaction import Row, Transaction
from storage.secrets import cipher, commitments
from storage.secrets.keys import KeyDestroyed, KeyStore

__all__ = ["Decision", "Lot", "Motion", "Status"]


async def put(tx: Transaction, keys: KeyStore, motion: Motion, now: int) -> int | None:
    """Opens a decision at `now` (UTC epoch seconds); whoever its rule entitles then may take part.

    Returns its id, or None where its item is being decided already or there is no such centre.
    "Secret" becomes "sealed" where fewer than five can take part. Whoever has just joined stands in
    no small electorate, unless all is open (assembly.electorate.joined_by).
    """
    rule, present = motion.rule, motion.present
    decision_id: int | None = await tx.value(
        "open_decision",
        centre_id=motion.centre_id,
        assembly_id=motion.assembly_id,
        item_id=motion.item_id,
        question=motion.question,
        opened_at=now,
        closes_at=motion.closes_at,
        previous_id=motion.previous_id,
        present_by_role=None if present is None else rules.by_role(present),
        lot_commitment=lot.commitment(motion.seed),
        lot_order=rules.numbers(lot.order(motion.seed, len(rule.options))),
        **rules.columns(rule),
    )
    if decision_id is None:
        return None
    await _settle(tx, keys, decision_id, motion, now)
    return decision_id


async def _settle(
    tx: Transaction, keys: KeyStore, decision_id: int, motion: Motion, now: int
) -> None:
    """What never changes from now on: options, key, electorate, how secret it is, the lot."""
    rule, seed = motion.rule, motion.seed
    for position, label in enumerate(rule.options):
        await tx.run("add_option", decision_id=decision_id, position=position, label=label)
    key = await keys.create_ballot_key(decision_id)
    found = await electorates.candidates(tx, motion.centre_id, rule, motion.named, now)
    electors = await _freeze(tx, decision_id, motion.centre_id, found)
    few = len(electors) < ENOUGH_TO_HIDE_IN and rule.secrecy is Secrecy.SECRET
    roles = [*electors.values()]
    lines = await commitments.of(keys, decision_id, lot.commitment(seed), electors.keys())
    await tx.run(
        "record_electorate",
        decision_id=decision_id,
        size=len(electors),
        hash=digest(lines),
        by_role=rules.by_role({role: roles.count(role) for role in Role}),
        secrecy=(Secrecy.SEALED if few else rule.secrecy).value,
        lot_sealed=cipher.seal(key, seed, _lot_context(decision_id)),
        joined_until=found.joined_until if found.left_out else None,
    )


async def _freeze(
    tx: Transaction, decision_id: int, centre_id: int, found: Candidates
) -> dict[int, Role]:
    """Writes down who may take part: the members, each with the role of this moment."""
    ids = {"decision_id": decision_id, "centre_id": centre_id}
    for each in found.members:
        await tx.run("freeze_elector", member_id=each.id, **ids)
    electors = await tx.rows("electorate", decision_id=decision_id)
    return {row["member_id"]: Role(row["role"]) for row in electors}


async def get(tx: Transaction, centre_id: int, decision_id: int) -> Decision | None:
    """The centre's decision of this id, if there is one."""
    row = await tx.row("decision", centre_id=centre_id, decision_id=decision_id)
    return await read(tx, row) if row else None


async def centre_of(tx: Transaction, decision_id: int) -> int | None:
    """The centre of a decision that a link names, if there is one."""
    found = await tx.value("centre_of_decision", decision_id=decision_id)
    return None if found is None else int(found)


async def still_open(tx: Transaction, decision_id: int) -> Decision | None:
    """The decision of this id while it is open, whichever centre's."""
    row = await tx.row("decision_to_close", decision_id=decision_id)
    return await read(tx, row) if row else None


async def open_ones(tx: Transaction, centre_id: int) -> list[Decision]:
    """What is being decided in the centre, the first to close first."""
    return [await read(tx, row) for row in await tx.rows("open_decisions", centre_id=centre_id)]


async def recent(tx: Transaction, centre_id: int, since: int) -> list[Decision]:
    """What was decided, voided or cancelled from `since` on, the latest first."""
    rows = await tx.rows("recent_decisions", centre_id=centre_id, since=since)
    return [await read(tx, row) for row in rows]


async def past(tx: Transaction, centre_id: int, skip: int, most: int) -> list[Decision]:
    """Up to `most` of what was ever decided, voided or cancelled, the latest first."""
    rows = await tx.rows("past_decisions", centre_id=centre_id, skip=skip, most=most)
    return [await read(tx, row) for row in rows]


async def count_past(tx: Transaction, centre_id: int) -> int:
    """How many there are of them."""
    return int(await tx.value("count_past_decisions", centre_id=centre_id))


async def outcomes_of(tx: Transaction, assembly_id: int) -> list[Decision]:
    """What an assembly decided, or cancelled, in the order of closing."""
    rows = await tx.rows("decisions_of_assembly", assembly_id=assembly_id)
    return [await read(tx, row) for row in rows]


async def next_version(tx: Transaction, centre_id: int, decision_id: int) -> int | None:
    """The question that was put after this one in other words, unless it was cancelled or void."""
    found: int | None = await tx.value("next_version", centre_id=centre_id, decision_id=decision_id)
    return found


async def extend(
    tx: Transaction, centre_id: int, decision_id: int, closes_at: int, now: int
) -> bool:
    """Moves the closing of an open decision; False where it is over, or its time is."""
    ids = {"centre_id": centre_id, "decision_id": decision_id}
    moved = await tx.value("extend_decision", closes_at=closes_at, now=now, **ids)
    return moved is not None


async def close(
    tx: Transaction,
    keys: KeyStore,
    decision: Decision,
    collected: Collected,
    outcome: Outcome,
    now: int,
) -> bool:
    """Closes an open decision with its outcome and what is published; False where somebody has.

    What is kept: of an open decision everything, with names; otherwise figures where they hide
    who said what, a list of ballots where it was secret and five took part by phone; or the
    result and the winners only. Raises KeyDestroyed where the ballots' key is gone.
    """
    row = await tx.row("decision", centre_id=decision.centre_id, decision_id=decision.id)
    if row is None or row["status"] != "open":
        return False
    told = decision.rule.secrecy is Secrecy.OPEN or shows_figures(outcome)
    key = await keys.ballot_key(decision.id)
    seed = cipher.unseal(key, row["lot_sealed"], _lot_context(decision.id)).hex()
    closed = await tx.value(
        "close_decision",
        decision_id=decision.id,
        closed_at=now,
        result=outcome.result,
        figures=outcomes.written(outcome) if told else None,
        winners=rules.numbers(outcome.winners),
        lot_seed=seed,
    )
    if closed is None:
        return False
    over = replace(decision, lot=replace(decision.lot, seed=seed), outcome=outcome)
    await published.publish(tx, keys, over, collected)
    return True


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


async def ids_left_open(tx: Transaction) -> set[int]:
    """What is open in all centres."""
    return {row["id"] for row in await tx.rows("ids_left_open")}


async def void_open(tx: Transaction, now: int) -> list[Decision]:
    """Makes all open decisions void, of all centres: their ballots are lost. Those that were."""
    rows = await tx.rows("decisions_left_open")
    return [await void(tx, await read(tx, row), now) for row in rows]


async def void(tx: Transaction, decision: Decision, now: int) -> Decision:
    """Makes an open decision void; as it is then."""
    await tx.value("void_decision", decision_id=decision.id, closed_at=now)
    return replace(decision, status="void", closed_at=now)


async def unreadable(tx: Transaction, keys: KeyStore) -> list[Decision]:
    """The open decisions, of all centres, whose ballots this key store can't open.

    It has no key of that number, or one of another decision. Raises StorageError for a wrong
    master key.
    """
    rows = await tx.rows("lots_left_open")  # of each as much as is tried
    await keys.learn_ballot_keys({row["id"] for row in rows})
    found = [
        await tx.row("decision", centre_id=row["centre_id"], decision_id=row["id"])
        for row in rows
        if not await _opens(keys, row)
    ]
    return [await read(tx, row) for row in found if row is not None]


async def _opens(keys: KeyStore, row: Row) -> bool:
    try:
        key = await keys.ballot_key(row["id"])
        cipher.unseal(key, row["lot_sealed"], _lot_context(row["id"]))
    except (KeyDestroyed, cipher.Unreadable):
        return False
    return True


def _lot_context(decision_id: int) -> bytes:
    return b"lot of decision %d" % decision_id
