"""Whoever has just joined stands in no small secret electorate; the facilitators hear of them."""

from __future__ import annotations

import pytest
from kit.phrases import PUT_A_QUESTION, PUT_TO_EVERYBODY
from kit.stage import DAY, Stage

from sandbox.chats import Group, Message
from sandbox.people import Person
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

QUESTION = "Shall we open on Saturdays?"


async def old_centre(stage: Stage) -> tuple[Centre, Group, Person, Person]:
    """A centre of six, where Fiona and Gino facilitate; two months old."""
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "professional", facilitator=True)
    for name in ("Anna", "Bruno", "Carla", "Dario"):
        await stage.member(centre, group, name)
    await stage.move(60 * DAY)
    return centre, group, fiona, gino


async def preview(stage: Stage, person: Person) -> Message:
    await stage.say(person, "/facilitate")
    await stage.press_each(person, PUT_A_QUESTION)
    return await stage.say(person, QUESTION)


async def test_the_preview_says_how_many_are_left_out_and_why(stage: Stage) -> None:
    centre, group, fiona, gino = await old_centre(stage)
    for name in ("Nina", "Otto"):
        await stage.member(centre, group, name)
    seen = await preview(stage, fiona)
    assert "2 who joined less than 7 days ago are not asked." in seen.words
    assert "By name, everybody is asked." in seen.words and "of 6 take part" in seen.words
    by_name = await stage.press_each(fiona, "More", "Secret or by name", "By name")
    assert "8" in by_name.words
    seen = await stage.press_each(fiona, "See the preview")
    assert "not asked" not in seen.words and "of 8 take part" in seen.words
    await stage.press_each(fiona, "More", "Secret or by name", "Secret", "See the preview")
    await stage.press_each(fiona, PUT_TO_EVERYBODY)
    await stage.move(10)
    told = stage.last(gino).words
    assert "Fiona has put a secret question:" in told and QUESTION in told
    assert "2 users of the service have joined in the last 7 days." in told
    assert "Nina" not in told and "Otto" not in told


async def test_a_newcomer_reads_why_and_is_asked_a_week_later(stage: Stage) -> None:
    centre, group, fiona, gino = await old_centre(stage)
    nina = await stage.member(centre, group, "Nina")
    await preview(stage, fiona)
    await stage.press_each(fiona, PUT_TO_EVERYBODY)
    read = await stage.start(nina, "decide_1")
    assert "You joined shortly before it was put." in read.words
    assert "such questions are put to you too." in read.words and "Yes" not in read.labels
    otto = await stage.member(centre, group, "Otto")
    assert "It was put before you joined." in (await stage.start(otto, "decide_1")).words
    await stage.move(8 * DAY)
    said = len(stage.said(gino))
    seen = await preview(stage, fiona)
    assert "not asked" not in seen.words and "of 8 take part" in seen.words
    await stage.press_each(fiona, PUT_TO_EVERYBODY)
    await stage.move(10)
    assert len(stage.said(gino)) == said, "nobody has joined lately"
    assert "Yes" in (await stage.start(nina, "decide_2")).labels


async def test_where_all_are_new_it_is_possible_by_name(stage: Stage) -> None:
    centre, group, fiona, _ = await old_centre(stage)
    for name in ("Nina", "Otto", "Pia"):
        await stage.member(centre, group, name, "family")
    await preview(stage, fiona)
    await stage.press_each(fiona, "More", "Who can take part", "Family members")
    assert "With fewer than 3 people" in stage.last(fiona).words
    more = await stage.press_each(fiona, "Do that instead")
    assert "The 3 family members can take part." in more.words and "By name" in more.words


async def test_a_question_by_name_is_told_to_nobody_beside_the_group(stage: Stage) -> None:
    centre, group, fiona, gino = await old_centre(stage)
    await stage.member(centre, group, "Nina")
    await preview(stage, fiona)
    await stage.press_each(fiona, "More", "Secret or by name", "By name", "See the preview")
    said = len(stage.said(gino))
    await stage.press_each(fiona, PUT_TO_EVERYBODY)
    await stage.move(10)
    assert len(stage.said(gino)) == said
