"""Ballots while a decision is open: one sealed row a voter, without a moment, gone at closing.

A row's place is a tag that only the decision's key makes from a member, and its length is the same
whatever it says. Afterwards nothing in the database links a member with a choice, nor even with
the electorate.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache

from assembly.ballot import Ballot
from assembly.counting.table import METHODS, REASONED
from assembly.immutable import immutable
from assembly.outcome import Poll
from assembly.roles import Role
from assembly.rule import CARRIES_ROLE, DecisionMethod, Rule, Secrecy
from storage import in_person, reasons, remains, sealed_ballots
from storage.decision_rows import Decision
from storage.engine.transaction import Row, Transaction
from storage.sealed_ballots import WITH_REASONS, Content
from storage.secrets.keys import KeyDestroyed, KeyStore

log = logging.getLogger(__name__)

tag = sealed_ballots.tag


@immutable
class Recorded:
    """A ballot that counts now, with what its confirmation needs."""

    method: DecisionMethod
    closes_at: int | None  # UTC epoch seconds
    zone: str
    language: str
    secrecy: Secrecy


@immutable
class Mine:
    """What a member has said so far; `awaits_reason` while the reason is still to be typed."""

    choice: str
    reason: str
    awaits_reason: bool


@immutable
class Collected:
    """All ballots of a decision as they are counted, with member and tracker, in no order."""

    poll: Poll
    cast: list[tuple[int, Ballot, str]]


async def cast(
    tx: Transaction,
    keys: KeyStore,
    *,
    telegram_id: int,
    centre_id: int,
    decision_id: int,
    choice: str,
    now: int,
    group_id: int | None,
) -> Recorded | None:
    """Records a person's choice in place of the one before; None where they may not.

    `choice`: as a ballot of the decision's method is written (assembly/ballot.py). `now`: UTC epoch
    seconds.
    They may as an active member of the centre and of the frozen electorate, while the decision is
    open and not past its closing; a press in a group (`group_id`, None for a private chat) counts
    in the centre's own group only. Raises Misvote for what is no ballot of this decision.
    """
    row = await tx.row(
        "may_cast",
        telegram_id=telegram_id,
        centre_id=centre_id,
        decision_id=decision_id,
        now=now,
        group_id=group_id or 0,
    )
    if row is None:
        return None
    secrecy = Secrecy(row["secrecy"])
    sealed = secrecy is Secrecy.SEALED  # nobody would read a reason
    await _record(tx, keys, row, decision_id, choice, 0 if sealed else now)
    if choice in REASONED and not sealed:
        ids = {"telegram_id": telegram_id, "decision_id": decision_id}
        await reasons.look_at(tx, keys, **ids, now=now)
    return Recorded(
        DecisionMethod(row["method"]), row["closes_at"], row["zone"], row["language"], secrecy
    )


async def cast_for(
    tx: Transaction, keys: KeyStore, *, decision_id: int, member_id: int, choice: str, now: int
) -> bool:
    """Records the choice of a member who lets a helper enter it; False where they may not.

    The same guards, but no reason is awaited: what the member types next is no part of it.
    """
    row = await tx.row("may_be_cast_for", member_id=member_id, decision_id=decision_id, now=now)
    if row is None:
        return False
    await _record(tx, keys, row, decision_id, choice, 0)
    return True


async def _record(
    tx: Transaction, keys: KeyStore, row: Row, decision_id: int, choice: str, since: int
) -> None:
    method, member_id = DecisionMethod(row["method"]), row["member_id"]
    METHODS[method].form.check(choice, _rule(method, row["options"], row["dots"]))
    key = await keys.ballot_key(decision_id)
    content = Content(member_id, sealed_ballots.new_tracker(), choice)
    if method in WITH_REASONS and choice in REASONED:
        before = await sealed_ballots.find(tx, key, decision_id, member_id)
        reason = before.reason if before and before.choice == choice else ""
        content = replace(content, reason=reason, awaits_since=since)
    await sealed_ballots.put(tx, key, decision_id, content, method)


async def of_member(
    tx: Transaction, keys: KeyStore, centre_id: int, member_id: int
) -> dict[int, Mine | None]:
    """The open decisions in which a member takes part, with what they have said so far.

    One whose key is gone is passed over: the others go on.
    """
    found: dict[int, Mine | None] = {}
    for row in await tx.rows("open_to_member", centre_id=centre_id, member_id=member_id):
        try:
            key = await keys.ballot_key(row["decision_id"])
        except KeyDestroyed:
            log.error("decision %d has no key: nobody can take part", row["decision_id"])
            continue
        content = await sealed_ballots.find(tx, key, row["decision_id"], member_id)
        found[row["decision_id"]] = (
            Mine(content.choice, content.reason, content.awaits_since > 0) if content else None
        )
    return found


async def tracker(tx: Transaction, keys: KeyStore, decision_id: int, member_id: int) -> str | None:
    """The sign of a member's ballot in an open decision; a new one with each ballot cast."""
    content = await sealed_ballots.find(
        tx, await keys.ballot_key(decision_id), decision_id, member_id
    )
    return content.tracker if content else None


async def silent(tx: Transaction, keys: KeyStore, decision_id: int) -> list[int]:
    """Who has not cast a ballot yet. For private reminders only: it is told to nobody."""
    key = await keys.ballot_key(decision_id)
    cast_ones = {
        bytes(row["tag"]) for row in await tx.rows("sealed_ballots", decision_id=decision_id)
    }
    electors = await tx.rows("electorate", decision_id=decision_id)
    return [row["member_id"] for row in electors if tag(key, row["member_id"]) not in cast_ones]


async def collect(tx: Transaction, keys: KeyStore, decision: Decision) -> Collected:
    """All ballots, opened, for the tally at closing: never shown while the decision is open.

    Raises KeyDestroyed where the key is gone, Unreadable where a row was tampered with.
    """
    key = await keys.ballot_key(decision.id)
    electors = await tx.rows("electorate", decision_id=decision.id)
    roles = {row["member_id"]: Role(row["role"]) for row in electors}
    contents = [
        sealed_ballots.open_up(key, decision.id, row["tag"], row["sealed"])
        for row in await tx.rows("sealed_ballots", decision_id=decision.id)
    ]
    contents.sort(key=lambda content: content.tracker)
    with_role = decision.rule.parity in CARRIES_ROLE
    cast_ones = [
        (
            each.member_id,
            Ballot(each.choice, each.reason, roles[each.member_id] if with_role else None),
            each.tracker,
        )
        for each in contents
    ]
    took_part = [roles[each.member_id] for each in contents]
    papers, headcounts = await in_person.hall(tx, decision.id, decision.rule)
    poll = Poll(
        ballots=tuple(ballot for _, ballot, _ in cast_ones),
        electorate=decision.entitled,
        cast={role: took_part.count(role) for role in decision.entitled},
        present=decision.present,
        hall=papers,
        headcounts=headcounts,
        drawn=decision.lot.order,
    )
    return Collected(poll, cast_ones)


async def forget(tx: Transaction, keys: KeyStore, member_id: int) -> None:
    """Takes a member who is erased out of everything that is being decided."""
    for row in await tx.rows("decisions_of_elector", member_id=member_id):
        decision_id = row["decision_id"]
        try:
            where = tag(await keys.ballot_key(decision_id), member_id)
        except KeyDestroyed:
            continue  # nobody can read what is there
        await tx.run("forget_ballot", decision_id=decision_id, tag=where)
    await tx.run("forget_elector", member_id=member_id)


async def seal(tx: Transaction, decision_id: int) -> None:
    """Deletes for good who was entitled and the ballots; then call Shredder.shred."""
    await tx.run("remove_ballots", decision_id=decision_id)
    await tx.run("remove_electors", decision_id=decision_id)
    await in_person.forget(tx, decision_id)
    await remains.note(tx)


@lru_cache(maxsize=64)
def _rule(method: DecisionMethod, options: int, dots: int) -> Rule:
    """As much of the rule as it takes to check a ballot: a whole assembly casts at once."""
    return Rule(method=method, options=("",) * options, dots=dots)
