"""Who was first with a voice, a ballot, an *I'm here*? Where rows lie, and what wrote them, tells.

The attacker has a dump of PostgreSQL, which writes rows in the order in which they lie, or a copy
of SQLite's file, or a backup.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from kit.backup_rows import read_all
from kit.stage import HOUR, Stage

from bot.backups import back_up
from sandbox.people import Person
from storage import attendances, ballots, presences, proposals, sealed_ballots
from storage.attendances import Attendance
from storage.centres import Centre
from storage.decisions import Decision
from storage.engine import row_order

pytestmark = pytest.mark.usefixtures("no_errors")

MEMBERS = 12
DONE = ("supports", "attendances", "presences", "ballots")


async def lying(stage: Stage, table: str) -> list[object]:
    """The keys of a table's rows in the order in which they lie, as a dump has them."""
    key = row_order.TABLES[table][1]
    place = "ctid" if stage.voci.database.engine == "postgresql" else "1"
    rows = await stage.rows(f"SELECT {key} AS found FROM {table} ORDER BY {place}")
    return [bytes(row["found"]) if key == "tag" else row["found"] for row in rows]


async def writers(stage: Stage, table: str) -> int:
    """How many transactions can be told apart by what they wrote."""
    if stage.voci.database.engine == "sqlite":
        return 1
    [row] = await stage.rows(f"SELECT COUNT(DISTINCT CAST(xmin AS TEXT)) AS n FROM {table}")
    return int(row["n"])


async def crowd(stage: Stage) -> tuple[Centre, list[Person], list[int]]:
    """A centre, its members, and their ids there."""
    centre, group = await stage.centre()
    people = [await stage.member(centre, group, f"P{number:02}") for number in range(MEMBERS)]
    ids = [await stage.member_id(centre, person) for person in people]
    return centre, people, ids


async def everybody_does_everything(
    stage: Stage, centre: Centre, people: list[Person], ids: list[int]
) -> tuple[Decision, dict[str, list[Any]]]:
    """Each thing in another order, one after the other: which that was."""
    made = await stage.write(
        proposals.add,
        centre_id=centre.id,
        author_id=ids[0],
        title="A quiet room",
        reason=None,
        named=False,
        now=stage.now,
    )
    later = await stage.convene(centre, people[0], 5 * HOUR)
    here = await stage.convene(centre, people[0], HOUR, begun=True)
    decision = await stage.put(centre)
    key = await stage.voci.keys.ballot_key(decision.id)
    came: dict[str, list[Any]] = {}
    for table in DONE:
        order = random.Random(table).sample(range(MEMBERS), MEMBERS)
        assert order != sorted(order)
        for place in order:
            member = ids[place]
            if table == "supports":
                await stage.write(proposals.support, centre.id, made, member, on=True)
            elif table == "attendances":
                await stage.write(attendances.answer, later.id, member, Attendance.YES)
            elif table == "presences":
                at = {"centre_id": centre.id, "assembly_id": here.id, "member_id": member}
                assert await stage.write(presences.say, **at, here=True)
            else:
                assert await stage.write(
                    ballots.cast,
                    stage.voci.keys,
                    telegram_id=people[place].id,
                    centre_id=centre.id,
                    decision_id=decision.id,
                    choice="yes",
                    now=stage.now,
                    group_id=None,
                )
        came[table] = [
            sealed_ballots.tag(key, ids[place]) if table == "ballots" else ids[place]
            for place in order
        ]
    return decision, came


async def test_after_a_tick_no_row_tells_which_came_before_which(stage_on_each: Stage) -> None:
    stage = stage_on_each
    _, came = await everybody_does_everything(stage, *await crowd(stage))
    if stage.voci.database.engine == "postgresql":
        for table in DONE:
            assert await lying(stage, table) == came[table], "until then they do"
    await stage.voci.ticker.tick()
    for table in DONE:
        found = await lying(stage, table)
        assert found == sorted(came[table]), table
        assert await writers(stage, table) == 1, table


async def test_no_backup_tells_it_either(stage_on_each: Stage) -> None:
    """In the half minute before the tick; a backup has no presences, no attendances' order."""
    stage = stage_on_each
    _, came = await everybody_does_everything(stage, *await crowd(stage))
    if stage.voci.database.engine == "postgresql":
        await stage.rows(
            "ANALYZE"
        )  # as its server does by itself: then it reads small tables whole
    path = stage.folder / "backup.zip"
    await back_up(stage.voci.settings, path, stage.now)
    found = read_all(path)
    for table in ("supports", "attendances"):
        members = [row["member_id"] for row in found[table]]
        assert members == sorted(came[table]), table


async def test_published_ballots_lie_in_the_order_of_their_trackers(stage_on_each: Stage) -> None:
    stage = stage_on_each
    await everybody_does_everything(stage, *await crowd(stage))
    await stage.move(2 * HOUR)
    place = "ctid" if stage.voci.database.engine == "postgresql" else "1"
    rows = await stage.rows(f"SELECT tracker FROM published_ballots ORDER BY {place}")
    trackers = [row["tracker"] for row in rows]
    assert len(trackers) == MEMBERS and trackers == sorted(trackers)
    assert await writers(stage, "published_ballots") == 1
