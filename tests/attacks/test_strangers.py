"""Somebody asks to join, and then has it forgotten: nothing of them is told, and nothing found."""

from __future__ import annotations

import pytest
from kit.file_bytes import bytes_of
from kit.phrases import ASK_TO_JOIN
from kit.stage import DAY, HOUR, Stage

from handlers.profile.presses import ForgetMe
from sandbox.people import Person
from storage import join_requests
from storage.centres import Centre
from storage.engine import catalogue

pytestmark = pytest.mark.usefixtures("no_errors")

NAME = "Zephyrine"


async def with_facilitators(stage: Stage) -> tuple[Centre, Person, Person]:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gino = await stage.member(centre, group, "Gino", facilitator=True)
    return centre, fiona, gino


async def ask(stage: Stage, person: Person, centre: Centre) -> None:
    await stage.start(person, f"join_{centre.id}")
    await stage.press_each(person, ASK_TO_JOIN, "I am a family member", person.first_name)


async def forget(stage: Stage, person: Person) -> None:
    await stage.forge(person, stage.last(person), ForgetMe().encode())


async def found(stage: Stage, person: Person) -> list[str]:
    """The tables and files in which the person's name or id stands."""
    needles = (NAME, str(person.id))
    places = []
    database = stage.voci.database
    for table in await stage.read(catalogue.tables, database.engine):
        rows = str([[*row] for row in await stage.rows(f"SELECT * FROM {table}")])
        if any(needle in rows for needle in needles):
            places.append(table)
    files = [path for path in stage.folder.iterdir() if path.is_file()]
    return [*places, *(path.name for path in files if NAME.encode() in bytes_of([path]))]


async def test_what_is_forgotten_over_night_is_not_told_in_the_morning(
    stage_on_each: Stage,
) -> None:
    stage = stage_on_each
    centre, fiona, gino = await with_facilitators(stage)
    await stage.move(10 * HOUR)  # 23:00 in Rome
    zephyrine = stage.world.person(NAME)
    await ask(stage, zephyrine, centre)
    assert await stage.read(join_requests.latest, centre.id, zephyrine.id) is not None
    waiting = await stage.rows("SELECT payload FROM outbox WHERE status = 'waiting'")
    assert waiting and NAME not in str([row["payload"] for row in waiting]), "not even meanwhile"
    await forget(stage, zephyrine)
    assert await found(stage, zephyrine) == []
    await stage.move(10 * HOUR + 60)  # 09:01
    for person in (fiona, gino):
        assert not [each for each in stage.said(person) if NAME in each.words]
        assert not [each for each in stage.said(person) if "asks to take part" in each.words]


async def test_what_was_told_already_gives_way(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, fiona, gino = await with_facilitators(stage)
    zephyrine = stage.world.person(NAME)
    await ask(stage, zephyrine, centre)
    assert NAME in stage.last(fiona).words
    await forget(stage, zephyrine)
    await stage.move(10)
    for person in (fiona, gino):
        assert stage.last(person).words.endswith("and has taken that back.")
        assert stage.last(person).labels == []
    assert await found(stage, zephyrine) == []


async def test_forgetting_does_not_undo_a_refusal(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, fiona, _ = await with_facilitators(stage)
    zephyrine = stage.world.person(NAME)
    await ask(stage, zephyrine, centre)
    await stage.press_each(fiona, "Decline …", "Decline the request")
    await stage.move(10)
    await forget(stage, zephyrine)
    assert await found(stage, zephyrine) == []
    again = await stage.start(zephyrine, f"join_{centre.id}")
    assert "was declined not long ago" in again.words
    assert "You can ask again from Wednesday 17 December." in again.words
    stage.clock.move(14 * DAY)
    again = await stage.start(zephyrine, f"join_{centre.id}")
    assert ASK_TO_JOIN in again.labels


async def test_nobody_asks_more_than_three_times_in_a_month(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, _, _ = await with_facilitators(stage)
    zephyrine = stage.world.person(NAME)
    for _ in range(3):
        await ask(stage, zephyrine, centre)
        await forget(stage, zephyrine)
    again = await stage.start(zephyrine, f"join_{centre.id}")
    assert "three times in a month" in again.words and "Friday 2 January" in again.words
    await stage.forge(zephyrine, again, f"aN:{centre.id}:user:f")
    assert await stage.read(join_requests.latest, centre.id, zephyrine.id) is None


async def test_many_strangers_are_told_to_facilitators_once_an_hour(stage: Stage) -> None:
    """Twenty a day for a centre; whoever comes then reads that it is too much today."""
    stage.world.limits.enforced = False
    centre, fiona, _ = await with_facilitators(stage)
    before = len(stage.said(fiona))
    for number in range(20):
        await ask(stage, stage.world.person(f"Zeno{number}"), centre)
    assert len(stage.said(fiona)) == before + 1
    late = stage.world.person("Late")
    assert "Today many have asked" in (await stage.start(late, f"join_{centre.id}")).words
    await stage.move(HOUR)
    assert len(stage.said(fiona)) == before + 2
    told = stage.last(fiona)
    assert "Zeno0 asks to take part" in told.words and "12 more wait." in told.words
    await stage.move(HOUR)
    assert len(stage.said(fiona)) == before + 2, "nobody new has asked"
    await stage.press_each(fiona, "Zeno1")
    assert "Zeno1 asks to take part" in stage.last(fiona).words
    await stage.press_each(fiona, "Welcome them")
    assert "Zeno1 has been welcomed." in stage.last(fiona).words
    await stage.press_each(fiona, "All requests")
    assert "Zeno1 " not in stage.last(fiona).words and "11 more wait." in stage.last(fiona).words
    await stage.move(DAY)
    assert ASK_TO_JOIN in (await stage.start(late, f"join_{centre.id}")).labels
