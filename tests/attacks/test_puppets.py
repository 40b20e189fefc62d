"""One facilitator makes up members: a secret ballot among puppets and one victim is none."""

from __future__ import annotations

import pytest
from kit.phrases import PUT_A_QUESTION, PUT_TO_EVERYBODY, UNDERSTOOD
from kit.stage import DAY, Stage

from assembly.roles import Role
from handlers.decisions.presses import OpenDecision
from handlers.decisions.putting.presses import AnswerList
from sandbox.chats import Group
from sandbox.people import Person
from storage import decisions, members
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

JOINING = ("I am 14 or older", "Go on", UNDERSTOOD, "No, thank you")


async def with_two_facilitators(stage: Stage) -> tuple[Centre, Group, Person, Person]:
    """Fiona attacks; Gino, of another role, facilitates too."""
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "professional", facilitator=True)
    return centre, group, fiona, gino


async def link_of(stage: Stage, facilitator: Person, *buttons: str) -> str:
    await stage.say(facilitator, "/invite")
    shown = await stage.press_each(facilitator, *buttons)
    [line] = [line for line in shown.words.splitlines() if "start=i_" in line]
    return line


async def join(stage: Stage, link: str, number: int) -> Person:
    """A puppet opens the link and answers whatever is asked."""
    puppet = stage.world.person(f"Puppet{number}")
    await stage.open_link(puppet, link)
    for button in (*JOINING, puppet.first_name):
        if button in stage.last(puppet).labels:
            await stage.press_each(puppet, button)
    return puppet


async def users(stage: Stage, centre: Centre) -> int:
    return (await stage.read(members.counts, centre.id))[Role.USER]


async def test_one_hand_brings_no_puppets_in_by_one_link(stage_on_each: Stage) -> None:
    stage = stage_on_each
    centre, _, fiona, gino = await with_two_facilitators(stage)
    link = await link_of(stage, fiona, "Users of the service", "5")
    for number in range(4):
        await join(stage, link, number)
    assert await users(stage, centre) == 1
    await stage.press_each(gino, "Decline")
    for number in range(4):
        await join(stage, link, number)
    assert await users(stage, centre) == 1


async def test_with_the_second_yes_the_link_lets_them_in(stage_on_each: Stage) -> None:
    """That the attack above is stopped by the missing yes, and not by a mistake in the test."""
    stage = stage_on_each
    centre, _, fiona, gino = await with_two_facilitators(stage)
    link = await link_of(stage, fiona, "Users of the service", "5")
    await stage.press_each(gino, "Confirm")
    for number in range(4):
        await join(stage, link, number)
    assert await users(stage, centre) == 5


async def test_four_puppets_around_a_victim_are_no_secret_electorate(stage_on_each: Stage) -> None:
    """By four links for one, which take nobody's yes: none of them stands in it for a week."""
    stage = stage_on_each
    centre, group, fiona, gino = await with_two_facilitators(stage)
    await stage.member(centre, group, "Victim", "family")
    await stage.move(60 * DAY)
    for number in range(4):
        await join(stage, await link_of(stage, fiona, "Family members", "1"), number)
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, PUT_A_QUESTION)
    await stage.say(fiona, "Shall we open on Saturdays?")
    refused = await stage.press_each(fiona, "More", "Who can take part", "Family members")
    assert "With fewer than 3 people" in refused.words
    by_name = await stage.press_each(fiona, "Do that instead")
    assert "The 5 family members can take part." in by_name.words and "By name" in by_name.words
    again = await stage.press_each(fiona, "More", "Secret or by name", "Secret")
    assert "With fewer than 3 people" in again.words, "nor by another way"
    hub = await stage.say(gino, "/facilitate")
    assert "4 family members have joined in the last 7 days." in hub.words


async def test_a_picked_electorate_is_not_secret_by_one_hand(stage_on_each: Stage) -> None:
    """The puppets have waited their week; still no press of the one who picked them puts it."""
    stage = stage_on_each
    centre, group, fiona, gino = await with_two_facilitators(stage)
    names = ["Victim", "Puppet0", "Puppet1", "Puppet2", "Puppet3"]
    for name in names:
        await stage.member(centre, group, name)
    await stage.move(60 * DAY)
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, PUT_A_QUESTION)
    await stage.say(fiona, "Shall we open on Saturdays?")
    await stage.press_each(fiona, "More", "Who can take part", "Chosen by name", *names)
    preview = await stage.press_each(fiona, "Back", "See the preview")
    assert PUT_TO_EVERYBODY not in preview.labels
    await stage.press_each(fiona, "Ask for a second yes")
    [kept] = await stage.rows("SELECT id FROM named_lists")
    for press in (OpenDecision(centre.id, ""), AnswerList(centre.id, kept["id"], True)):
        await stage.forge(fiona, stage.last(fiona), press.encode())
    assert await stage.read(decisions.open_ones, centre.id) == []
    await stage.press_each(gino, "No")
    await stage.forge(fiona, stage.last(fiona), OpenDecision(centre.id, "").encode())
    assert await stage.read(decisions.open_ones, centre.id) == []
