"""Somebody erases themselves before minutes are out that others' words will make of them.

A point that is fixed, a proposal on the list, an outcome and a place: each names them, and becomes
part of minutes only later, when nobody knows any more that it was a member's name.
"""

from __future__ import annotations

import pytest
from kit.centre_rows import put_question
from kit.disaster import Disaster
from kit.meeting import HOUR, Meeting
from kit.stage import DAY, Stage

from assembly.rule import Quorum, Rule
from handlers.assemblies.presses import CloseAssembly, OpenAssembly
from handlers.core.navigation import ShowMinutes
from handlers.profile.presses import Erase
from sandbox.people import Person
from storage import minutes, points
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

NAME = "Rosalinde"


async def with_rosalinde(stage: Stage) -> tuple[Meeting, Person]:
    meeting = await Meeting.gather(stage)
    return meeting, await stage.member(meeting.centre, meeting.group, f"{NAME} Rot")


async def convened(meeting: Meeting, *titles: str, place: str | None = None) -> Assembly:
    """With these points, fixed already."""
    proposed = await meeting.propose(*titles, reason=f"{NAME} knows why.")
    return await meeting.stage.convene(
        meeting.centre,
        meeting.paula,
        place=place,
        points=list(zip(proposed, titles, strict=True)),
    )


async def erased(meeting: Meeting, rosalinde: Person) -> None:
    stage = meeting.stage
    message = await stage.say(rosalinde, "/me")
    await stage.forge(rosalinde, message, Erase(meeting.centre.id, stage.now).encode())
    assert await stage.member_of(meeting.centre, rosalinde) is None


async def opens(meeting: Meeting, assembly: Assembly) -> None:
    press = OpenAssembly(meeting.centre.id, assembly.id, sure=True)
    await meeting.stage.forge(meeting.paula, await meeting.hub(), press.encode())
    assert await meeting.status(assembly) == "open"


async def closes(meeting: Meeting, assembly: Assembly) -> None:
    press = CloseAssembly(meeting.centre.id, assembly.id, sure=True)
    await meeting.stage.forge(meeting.paula, await meeting.hub(), press.encode())
    assert await meeting.status(assembly) == "closed"


async def read(meeting: Meeting, assembly: Assembly) -> str:
    stage = meeting.stage
    message = await stage.say(meeting.anna, "/minutes")
    await stage.forge(
        meeting.anna, message, ShowMinutes(meeting.centre.id, assembly.id, 1).encode()
    )
    return stage.last(meeting.anna).words


async def published(meeting: Meeting, assembly: Assembly) -> str:
    """What lies there, and what a member reads."""
    await meeting.stage.move(3 * DAY)
    kept = await meeting.stage.read(minutes.find, meeting.centre.id, assembly.id)
    assert kept is not None and not kept.is_draft
    return kept.words + await read(meeting, assembly)


async def test_a_point_that_is_fixed_names_them_no_more(stage_on_each: Stage) -> None:
    meeting, rosalinde = await with_rosalinde(stage_on_each)
    title = f"A bench for {NAME}"
    assembly = await convened(meeting, title)
    await erased(meeting, rosalinde)
    [item] = await meeting.points(assembly)
    assert item.title == "A bench for …"
    await opens(meeting, assembly)
    await closes(meeting, assembly)
    draft = await read(meeting, assembly)
    assert "A bench for …" in draft and NAME not in draft
    assert NAME not in await published(meeting, assembly)


async def test_nor_does_what_waits_on_the_list(stage_on_each: Stage) -> None:
    meeting, rosalinde = await with_rosalinde(stage_on_each)
    [proposal_id] = await meeting.propose(f"Cook as {NAME} does")
    await erased(meeting, rosalinde)
    assembly = await meeting.convene()
    await meeting.stage.move(HOUR)
    await opens(meeting, assembly)
    [item] = [each for each in await meeting.points(assembly) if each.proposal_id == proposal_id]
    assert item.title == "Cook as … does"
    await closes(meeting, assembly)
    assert NAME not in await published(meeting, assembly)


@pytest.mark.parametrize("when", ["open", "draft"])
async def test_nor_does_an_outcome_or_a_place(stage_on_each: Stage, when: str) -> None:
    stage = stage_on_each
    meeting, rosalinde = await with_rosalinde(stage)
    assembly = await decided(meeting)
    if when == "open":
        await erased(meeting, rosalinde)
    await closes(meeting, assembly)
    if when == "draft":
        assert NAME in await read(meeting, assembly)
        await erased(meeting, rosalinde)
    assert NAME not in await read(meeting, assembly)
    assert NAME not in await published(meeting, assembly)


async def test_nor_after_a_restore(disaster: Disaster) -> None:
    meeting, rosalinde = await with_rosalinde(disaster.stage)
    assembly = await decided(meeting)
    await closes(meeting, assembly)
    await disaster.back_up()
    await disaster.stage.move(60)
    await erased(meeting, rosalinde)
    await disaster.strike()
    assert NAME not in await read(meeting, assembly)
    assert NAME not in await published(meeting, assembly)


async def decided(meeting: Meeting) -> Assembly:
    """At their place, that they speak for all; who of them has the key is still asked."""
    stage = meeting.stage
    assembly = await convened(meeting, "Who speaks for us", place=f"{NAME}’s kitchen")
    await opens(meeting, assembly)
    [item] = await stage.read(points.items, assembly.id)
    for question, closes_at in ((f"Shall {NAME} speak?", 60), (f"Has {NAME} Rot the key?", DAY)):
        async with stage.voci.database.transaction() as tx:
            decision_id = await put_question(
                tx,
                stage.voci.keys,
                Rule(quorum=Quorum(meeting.centre.quorum)),
                centre_id=meeting.centre.id,
                assembly_id=assembly.id,
                question=question,
                closes_at=stage.now + closes_at,
                now=stage.now,
            )
            if closes_at < DAY:
                at = f"item_id = {item.id} WHERE id = {decision_id}"
                await tx.statement(f"UPDATE decisions SET {at}")
        await stage.move(90)
    return assembly
