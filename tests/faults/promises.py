"""What must hold after a life, whatever happened in it. Each promise gives what breaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import product

from bot.app import Voci
from sandbox.world import World
from storage import ballots, decisions, members, published
from storage.engine.transaction import Transaction
from storage.secrets import pair
from tests.faults.crowd import Crowd
from tests.faults.machine import Machine

# What Telegram may say to a bot that comes late, or for the second time.
LATE = (
    "query is too old",
    "message to edit not found",
    "message to be replied not found",
    "message is not modified",
    "message can't be edited",
    "Conflict",
)

REPEATABLE = ("uncertain:", "barred:", "unheard:")
PATIENCE = 17  # times in an hour of answers that never come: bot/fate.py has the waits between them


async def broken(voci: Voci, world: World, crowd: Crowd, machine: Machine) -> list[str]:
    """All that is wrong."""
    async with voci.database.reading() as tx:
        found = [
            *[each async for each in _ballots_are_kept(tx, voci, crowd)],
            *[each async for each in _nothing_is_left_over(tx, int(voci.clock.now()))],
            *[each async for each in _nothing_is_there_twice(tx, crowd)],
        ]
    if (misfit := await pair.compare(voci.database, voci.keys.database)) is not None:
        found.append(f"the next start would refuse the stores: {misfit.value}")
    return [*found, *_each_post_arrives_once(crowd, machine), *_telegram_refuses_nothing(world)]


async def _ballots_are_kept(tx: Transaction, voci: Voci, crowd: Crowd) -> AsyncIterator[str]:
    """An acknowledged ballot is what it was acknowledged to be, open and counted."""
    for decision_id in sorted({decision_id for decision_id, _ in crowd.ballots}):
        decision = await decisions.get(tx, 1, decision_id)
        if decision is None or decision.status == "cancelled":
            continue
        can_be, are = [], []
        for person in crowd.people:
            member = await members.find(tx, 1, person.id)
            if member is None or member.status != "active":
                return  # whoever goes takes an open ballot along
            possible = crowd.possible(decision_id, person)
            can_be.append(possible)
            if decision.status == "open":
                mine = (await ballots.of_member(tx, voci.keys, 1, member.id)).get(decision_id)
                choice = mine.choice if mine is not None else ""
                if choice not in possible:
                    yield f"decision {decision_id}: {person.first_name} has {choice!r}"
        if decision.status == "open":
            continue
        are = sorted(each.choice for _, each in await published.ballots(tx, decision_id))
        are = are or sorted(
            each.ballot.choice for each in await published.roll_call(tx, decision_id)
        )
        if are and not any(sorted(filter(None, way)) == are for way in product(*can_be)):
            yield f"decision {decision_id}: counted {are}, said {can_be}"


async def _nothing_is_left_over(tx: Transaction, now: int) -> AsyncIterator[str]:
    """What was due is done, and no row hangs between two states."""
    for row in await tx.statement(
        "SELECT key, status FROM outbox WHERE status = 'sending' "
        f"OR (status = 'waiting' AND not_before < {now - 300})"
    ):
        yield f"outbox: {row['key']} is {row['status']}"
    for row in await tx.statement(
        f"SELECT id FROM decisions WHERE status = 'open' AND closes_at < {now - 300}"
    ):
        yield f"decision {row['id']} should be closed"
    for row in await tx.statement(
        "SELECT DISTINCT decision_id FROM ballots WHERE decision_id NOT IN "
        "(SELECT id FROM decisions WHERE status = 'open')"
    ):
        yield f"ballots of decision {row['decision_id']} outlive it"
    for row in await tx.statement("PRAGMA foreign_key_check"):
        yield f"{row['table']} leads nowhere"
    for row in await tx.statement("PRAGMA integrity_check"):
        if row["integrity_check"] != "ok":
            yield row["integrity_check"]


async def _nothing_is_there_twice(tx: Transaction, crowd: Crowd) -> AsyncIterator[str]:
    for title in crowd.titles:
        rows = await tx.statement(f"SELECT id FROM proposals WHERE title = '{title}'")
        if len(rows) > 1:
            yield f"proposed {len(rows)} times: {title}"


def _each_post_arrives_once(crowd: Crowd, machine: Machine) -> Iterator[str]:
    """Unless somebody looked, and said that it is missing; what tells of that may come again."""
    again = {key: n for key, n in machine.posted.items() if n > 1}
    posts = {key: n for key, n in again.items() if not key.startswith(REPEATABLE)}
    if sum(posts.values()) - len(posts) > crowd.looked:
        yield f"posted more than once: {posts}"
    for key in again.keys() - posts.keys():
        if again[key] > PATIENCE:
            yield f"posted {again[key]} times: {key}"


def _telegram_refuses_nothing(world: World) -> Iterator[str]:
    for call in world.calls(ok=False):
        if call.code == 400 and not any(each in (call.description or "") for each in LATE):
            yield f"{call.method}: {call.description}"
