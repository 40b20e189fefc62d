"""Somebody had a task and let it go: nothing says that they had it, although Voci wrote to them."""

from __future__ import annotations

import re

import pytest
from kit.stage import DAY, Stage
from kit.task_rows import Tasked, tasked

from sandbox.people import Person
from storage.engine import catalogue

pytestmark = pytest.mark.usefixtures("no_errors")

# Where everybody is who takes part, and the chats that were ever written to.
EVERYBODY = {"members", "people", "consents", "outbox_chats", "updates"}


async def leading_to(play: Tasked, person: Person) -> list[str]:
    """The rows by which whoever has the database finds this person."""
    stage, found = play.stage, []
    member_id = await stage.member_id(play.centre, person)
    named = re.compile(rf"(?<!\d)({person.id}|{person.first_name})(?!\d)|:{member_id}(?!\d)")
    for table in await stage.read(catalogue.tables, stage.voci.database.engine):
        for row in await stage.rows(f"SELECT * FROM {table}"):
            columns = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row is no mapping
            theirs = [name for name in columns if name.endswith("member_id")]
            if any(columns[name] == member_id for name in theirs) or any(
                named.search(str(value)) for value in columns.values()
            ):
                found.append(f"{table}: {columns}")
    return [each for each in found if each.partition(":")[0] not in EVERYBODY]


async def test_nothing_says_who_had_a_task(stage_on_each: Stage) -> None:
    play = await tasked(stage_on_each)
    stage = play.stage
    task_id = await play.task(ahead=3 * DAY)
    await play.take(play.anna, task_id, "Without my name", "Yes, somebody may join in")
    await play.open(play.bruno, task_id)
    await stage.press_each(play.bruno, "I’ll join in", "Without my name")
    await stage.move(30)
    await stage.move(2 * DAY)  # both are reminded
    await play.open(play.bruno, task_id)
    await stage.press_each(play.bruno, "Needs longer", "In two weeks")
    await stage.move(DAY)  # and Anna is told of it, by day
    rows = await leading_to(play, play.anna)
    assert {each.partition(":")[0] for each in rows} >= {"task_takers", "outbox"}
    await play.open(play.anna, task_id)
    await stage.press_each(play.anna, "Somebody else, please")
    await stage.move(30)
    assert await leading_to(play, play.anna) == []
    assert await leading_to(play, play.carla) == [], "who never had it"
    rows = await leading_to(play, play.bruno)
    assert rows, "who has it still"
