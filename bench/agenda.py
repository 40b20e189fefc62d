"""The list with 1,000 open proposals, and an agenda of 60 points.

A centre of 500 members, each of whom supports 20 of the proposals; 60 of these have stood on an
agenda before. In an SQLite file, in processor time; the best of the rounds counts.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from assembly.endings import Ending
from assembly.roles import Role
from bench.harness.figure import Figure
from handlers.assemblies import points, posts
from handlers.assemblies.meeting.screens import closing
from handlers.assemblies.screens import agenda as members_agenda
from handlers.assemblies.screens.agenda import Listed
from handlers.core.speech import Speech
from handlers.proposals.screens.agenda import AgendaNow, listing
from storage import assemblies, proposals, sessions
from storage import points as stored_points
from storage.assemblies import Assembly
from storage.engine import schema
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.engine.transaction import Transaction

LIST = Figure("the list of 1,000 open proposals, a page", "ms", 1, at_most=100)
COMING = Figure("the points of the coming assembly out of 1,000, a page", "ms", 1, at_most=100)
OPEN = Figure("an agenda of 60 points: all of them with how each ends", "ms", 1, at_most=50)
CLOSE = Figure("an agenda of 60 points: closing its assembly", "ms", 1, at_most=100)
FIGURES = (LIST, COMING, OPEN, CLOSE)

NOW = 1_780_000_000
SEED = 7
SUPPORTS = 20


@dataclass(frozen=True, slots=True)
class Size:
    """How many proposals, members and points, and in how many rounds."""

    proposals: int
    members: int
    points: int
    rounds: int


FULL, SMALL = Size(1_000, 500, 60, rounds=8), Size(30, 21, 10, rounds=1)
SPEAK = Speech("it", "Europe/Rome")


def measure(size: Size) -> dict[Figure, float]:
    """Each figure once, in milliseconds."""
    return asyncio.run(_measure(size))


async def _measure(size: Size) -> dict[Figure, float]:
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(f"sqlite:///{Path(folder) / 'voci.db'}")
        try:
            await schema.migrate(database)
            async with database.transaction() as tx:
                meeting = await _fill(tx, size)
            return await _rounds(database, meeting, size.rounds)
        finally:
            await database.close()


async def _fill(tx: Transaction, size: Size) -> Assembly:
    """The centre as it is while its second assembly goes on; the first left all its points."""
    await tx.statement(
        "INSERT INTO centres (id, chat_id, name, language, zone, created_at) "
        "VALUES (1, -100, 'Aurora', 'it', 'Europe/Rome', 0)"
    )
    columns: tuple[str, ...]
    columns = ("id", "centre_id", "telegram_id", "role", "name", "status", "joined_at")
    roles = [role.value for role in Role]
    people = [(n, 1, n, roles[n % 3], f"M{n}", "active", 0) for n in range(1, size.members + 1)]
    await tx.insert("members", columns, people)
    columns = ("id", "centre_id", "author_id", "title", "reason", "named", "status", "created_at")
    titles = [f"Longer opening hours on Saturdays, from nine to one ({n})" for n in _ids(size)]
    rows = [(n, 1, 1, titles[n - 1], "It matters.", 1, "open", NOW - n) for n in _ids(size)]
    await tx.insert("proposals", columns, rows)
    chance = random.Random(SEED)  # noqa: S311
    voices = [
        (proposal, member)
        for member in range(1, size.members + 1)
        for proposal in chance.sample(_ids(size), min(SUPPORTS, size.proposals))
    ]
    await tx.insert("supports", ("proposal_id", "member_id"), voices)
    fixed = [(n, titles[n - 1]) for n in _ids(size)[: size.points]]
    first = await _open(tx, fixed, NOW - 7 * 86_400)
    await sessions.close(tx, 1, first.id, NOW)
    return await _open(tx, fixed, NOW)


def _ids(size: Size) -> range:
    return range(1, size.proposals + 1)


async def _open(tx: Transaction, fixed: list[tuple[int, str]], now: int) -> Assembly:
    made = await assemblies.convene(
        tx, centre_id=1, starts_at=now, place=None, convened_by=1, now=now
    )
    await stored_points.freeze(tx, made.id, fixed, now)
    assert await sessions.begin(tx, 1, made.id, now)
    found = await assemblies.by_id(tx, made.id)
    assert found is not None
    return found


async def _rounds(database: Database, meeting: Assembly, rounds: int) -> dict[Figure, float]:
    works = {LIST: _list, COMING: _coming, OPEN: _review, CLOSE: _close}
    took = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for figure, work in works.items():
            took[figure] = min(took[figure], await _timed(database, meeting, work))
    return took


class _TakenBack(Exception):
    """What was measured leaves nothing for the next round."""


async def _timed(
    database: Database,
    meeting: Assembly,
    work: Callable[[Transaction, Assembly], Awaitable[None]],
) -> float:
    begin = end = 0.0
    try:
        async with database.transaction() as tx:
            begin = time.process_time()
            await work(tx, meeting)
            end = time.process_time()
            raise _TakenBack
    except _TakenBack:
        return (end - begin) * 1000


async def _list(tx: Transaction, _: Assembly) -> None:
    found = await proposals.agenda(tx, 1, 2)
    screen = listing(AgendaNow(found.items, found.sizes, NOW), 1, 0, SPEAK, NOW)
    assert screen.buttons


async def _coming(tx: Transaction, _: Assembly) -> None:
    following = await assemblies.convene(
        tx, centre_id=1, starts_at=NOW + 86_400, place=None, convened_by=1, now=NOW
    )
    carried = await stored_points.carried_over(tx, 1)
    found = await proposals.agenda(tx, 1)
    listed = [Listed(each.title, carried.get(each.id)) for each in found.items]
    assert members_agenda.agenda(following, listed, [], 1, SPEAK).text
    assert (await posts.overview(tx, following)).points


async def _review(tx: Transaction, meeting: Assembly) -> None:
    found = await points.all_of(tx, meeting)
    assert closing.review(meeting, found, 3, 0, SPEAK).buttons


async def _close(tx: Transaction, meeting: Assembly) -> None:
    found = await points.all_of(tx, meeting)
    ends = {point.item.id: Ending.TALKED for point in found}
    assert await sessions.close(tx, 1, meeting.id, NOW, ends)
