"""One facilitator makes up members: a secret ballot among puppets and one victim is none."""

from __future__ import annotations

import pytest
from kit.stage import Stage

from assembly.roles import Role
from sandbox.chats import Group
from sandbox.people import Person
from storage import members
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

JOINING = ("Go on", "Go on", "Go on", "I understand, I want to take part", "No, thank you")


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
