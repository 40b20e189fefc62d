"""What a centre tells about itself, and what facilitators did with it; times UTC epoch seconds."""

from __future__ import annotations

from collections.abc import Mapping

from assembly.centre_facts import OF_THE_BODY, Fact
from assembly.immutable import immutable
from assembly.roles import Role
from storage.engine.transaction import Transaction

Facts = Mapping[Fact, str]


@immutable
class Waiting:
    """A change that waits for a second facilitator; `words` None takes the fact away.

    `another`: from then on another body is responsible, so that everybody is asked again.
    """

    id: int
    fact: Fact
    words: str | None
    proposed_by: int
    proposed_at: int
    name: str
    role: Role
    another: bool = False


@immutable
class Settled:
    """A change that holds since `at`: who proposed and who confirmed it.

    A name is None of somebody who has left since. `alone`: there was nobody else to ask.
    """

    fact: Fact
    at: int
    proposer: str | None
    second: str | None
    alone: bool


async def known(tx: Transaction, centre_id: int) -> Facts:
    """The facts that hold now; a missing one was not written yet."""
    rows = await tx.rows("facts_of", centre_id=centre_id)
    return {Fact(row["fact"]): row["words"] for row in rows}


async def propose(
    tx: Transaction,
    centre_id: int,
    fact: Fact,
    words: str | None,
    member_id: int,
    now: int,
    *,
    another: bool = False,
) -> int:
    """Puts a change forward, in the place of one of the same fact that waits; its id.

    `words` as assembly.centre_facts.words gave them.
    """
    await tx.run("drop_waiting_fact", centre_id=centre_id, fact=fact.value, settled_at=now)
    change_id = await tx.value(
        "propose_fact",
        centre_id=centre_id,
        fact=fact.value,
        words=words,
        another=int(another),
        proposed_by=member_id,
        proposed_at=now,
    )
    return int(change_id)


async def waiting(tx: Transaction, centre_id: int) -> list[Waiting]:
    """The changes that wait, the earliest first; none whose proposer is erased."""
    return [
        Waiting(
            id=row["id"],
            fact=Fact(row["fact"]),
            words=row["words"],
            proposed_by=row["proposed_by"],
            proposed_at=row["proposed_at"],
            name=row["name"],
            role=Role(row["role"]),
            another=bool(row["another"]),
        )
        for row in await tx.rows("waiting_facts", centre_id=centre_id)
    ]


async def settle(
    tx: Transaction, centre_id: int, change_id: int, member_id: int, now: int, *, holds: bool
) -> bool:
    """Ends a change's waiting, once: it holds from now on, or is dropped. False if it was over.

    With another body goes what was said of the one before. Who may is checked by the caller;
    alone, one settles what one proposed.
    """
    row = await tx.row(
        "settle_fact",
        id=change_id,
        centre_id=centre_id,
        status="holds" if holds else "dropped",
        settled_by=member_id,
        settled_at=now,
    )
    if row is None:
        return False
    await tx.run("forget_fact_words", id=change_id)
    if holds and row["another"]:
        for fact in OF_THE_BODY:
            await tx.run("remove_fact", centre_id=centre_id, fact=fact.value)
    if holds and row["words"] is None:
        await tx.run("remove_fact", centre_id=centre_id, fact=row["fact"])
    elif holds:
        await tx.run(
            "set_fact", centre_id=centre_id, fact=row["fact"], words=row["words"], since=now
        )
    return True


async def history(tx: Transaction, centre_id: int, most: int) -> list[Settled]:
    """The latest changes that hold, at most `most`, in the order in which they happened."""
    rows = await tx.rows("fact_history", centre_id=centre_id, most=most)
    return [
        Settled(
            fact=Fact(row["fact"]),
            at=row["settled_at"],
            proposer=row["proposer"],
            second=row["second"],
            alone=bool(row["alone"]),
        )
        for row in reversed(rows)
    ]
