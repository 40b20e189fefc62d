"""A role is corrected by oneself and a facilitator of another role; what runs stays as it was."""

from __future__ import annotations

import pytest
from kit.stage import Stage

from assembly.roles import Role
from handlers.profile.presses import ConfirmRole, MyRole
from sandbox.people import Person
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def role(stage: Stage, centre: Centre, person: Person) -> Role:
    found = await stage.member_of(centre, person)
    assert found is not None
    return found.role


async def asks(stage: Stage, person: Person, label: str) -> str:
    message = await stage.say(person, "/me")
    for button in ("My rights", "Correct my role", label):
        await stage.press(person, message, button)
    await stage.move(10)
    return message.words


async def test_one_of_another_role_confirms_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", "family", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "professional", facilitator=True)
    uma = await stage.member(centre, group, "Uma", "user", facilitator=True)
    anna = await stage.member(centre, group, "Anna", "user")
    decision = await stage.put(centre, span=None)
    quiet = len(stage.said(uma))
    assert "Until then nothing changes." in await asks(stage, anna, "I am a family member")
    assert len(stage.said(uma)) == quiet, "she is of the role that Anna has now"
    for person in (fran, gino):
        assert "Anna asks to be corrected: a family member." in stage.last(person).words
    assert await role(stage, centre, anna) is Role.USER
    group_said = len(stage.said(group))
    await stage.press_each(gino, "That is right")
    await stage.move(10)
    assert await role(stage, centre, anna) is Role.FAMILY
    for person in (fran, gino):
        assert stage.last(person).words.endswith("The role of Anna is corrected.")
        assert stage.last(person).labels == []
    assert "You take part as a family member from now on." in stage.last(anna).words
    assert "Gino" not in stage.last(anna).words
    assert len(stage.said(group)) == group_said
    rows = await stage.rows(
        f"SELECT e.role FROM electors e JOIN members m ON m.id = e.member_id"
        f" WHERE e.decision_id = {decision.id} AND m.name = 'Anna'"
    )
    assert [row["role"] for row in rows] == ["user"], "its electorate is frozen"


async def test_it_can_be_left_as_it_was(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna", "user")
    await asks(stage, anna, "I work here")
    await stage.press_each(fran, "Not so")
    await stage.move(10)
    assert await role(stage, centre, anna) is Role.USER
    assert "Your role stays as it was." in stage.last(anna).words


async def test_without_a_facilitator_of_another_role_it_says_so(stage: Stage) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Uma", "user", facilitator=True)
    anna = await stage.member(centre, group, "Anna", "user")
    words = await asks(stage, anna, "I work here")
    assert words.startswith("At the moment no facilitator of another role could confirm it.")
    assert await stage.rows("SELECT 1 FROM members WHERE wanted_role IS NOT NULL") == []


async def test_made_up_buttons_change_nothing(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", "family", facilitator=True)
    uma = await stage.member(centre, group, "Uma", "user", facilitator=True)
    anna = await stage.member(centre, group, "Anna", "user")
    anna_id, fran_id = [await stage.member_id(centre, each) for each in (anna, fran)]
    message = await stage.say(anna, "/me")
    for made_up in ("user", "owner", "x"):
        await stage.forge(anna, message, MyRole(centre.id, made_up).encode())
        assert message.words.startswith("How do you really take part?")
    desk = await stage.say(fran, "/facilitate")
    not_asked = ConfirmRole(centre.id, anna_id, Role.FAMILY, True).encode()
    pressed = await stage.forge(fran, desk, not_asked)
    assert (await pressed.answered()).text == "This request is answered already."
    await asks(stage, anna, "I am a family member")
    another = ConfirmRole(centre.id, anna_id, Role.PROFESSIONAL, True).encode()
    pressed = await stage.forge(fran, desk, another)
    assert (await pressed.answered()).text == "This request is answered already."
    for person, member_id, wanted in ((uma, anna_id, Role.FAMILY), (fran, fran_id, Role.USER)):
        hub = await stage.say(person, "/facilitate")
        pressed = await stage.forge(
            person, hub, ConfirmRole(centre.id, member_id, wanted, True).encode()
        )
        words = (await pressed.answered()).text
        assert words == "A facilitator of another role has to answer that."
    assert await role(stage, centre, anna) is Role.USER
    assert await role(stage, centre, fran) is Role.FAMILY


async def test_whoever_erases_themselves_is_asked_about_no_more(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna", "user")
    await asks(stage, anna, "I work here")
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Erase everything")
    await stage.press(anna, message, "Erase everything")
    pressed = await stage.press(fran, stage.last(fran), "That is right")
    assert (await pressed.answered()).text == "This request is answered already."
    assert await stage.rows("SELECT 1 FROM messages WHERE ref LIKE 'role:%'") == []
