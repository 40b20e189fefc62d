"""Kept and not used: nothing counts, nothing is sent, and it is lifted by oneself."""

from __future__ import annotations

import pytest
from kit.checkin_steps import WEDNESDAY, go_to, wants
from kit.stage import DAY, Stage

from handlers.profile.presses import Lift, Restrict
from sandbox.people import Person
from storage import consents, decisions, facilitators, members, retention
from storage.centres import Centre
from storage.engine.transaction import Transaction

pytestmark = pytest.mark.usefixtures("no_errors")

REST = "Keep my things, but don’t use them"


async def rests(stage: Stage, person: Person) -> None:
    message = await stage.say(person, "/me")
    for button in ("My rights", REST, "Don’t use them"):
        await stage.press(person, message, button)
    assert message.words.startswith("Centro Aurora: your things are kept, and not used.")
    assert message.labels == ["Use them again", "Give me a copy", "Erase everything"]


async def electors(stage: Stage, decision_id: int) -> set[int]:
    rows = await stage.rows(f"SELECT member_id FROM electors WHERE decision_id = {decision_id}")
    return {row["member_id"] for row in rows}


async def status(stage: Stage, centre: Centre, person: Person) -> str:
    found = await stage.member_of(centre, person)
    assert found is not None
    return found.status


async def test_it_asks_once_and_says_what_rests(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My rights")
    await stage.press(anna, message, REST)
    assert message.words.splitlines() == [
        "Centro Aurora: keep my things, but don’t use them?",
        "No reminders, check-ins or summaries; new questions don’t count you; your support, your "
        "name and, if you facilitate, that rest.",
        "Your ballots in open questions count; you can’t change them meanwhile.",
        "You lift it yourself, whenever you wish: /me.",
        "Nobody would be left to facilitate.",
    ]
    await stage.press(anna, message, "Back")
    assert await status(stage, centre, anna) == "active"


async def test_nothing_is_used_until_it_is_lifted(stage: Stage) -> None:
    centre, group = await stage.centre()
    fran = await stage.member(centre, group, "Fran", facilitator=True)
    anna = await wants(stage, centre, group)
    await stage.member(centre, group, "Bruno")
    member_id = await stage.member_id(centre, anna)
    await stage.write(facilitators.add, member_id, stage.now)
    await stage.propose(centre, fran, "A quiet room", anna)
    before = await stage.put(centre, span=None)
    assert member_id in await electors(stage, before.id)
    await rests(stage, anna)
    after = await stage.put(centre, span=None, question="And on Sundays?")
    assert member_id in await electors(stage, before.id), "its electorate is frozen"
    assert member_id not in await electors(stage, after.id)
    async with stage.voci.database.reading() as tx:
        on_duty = await facilitators.contacts(tx, centre.id, stage.now)
        still = await decisions.get(tx, centre.id, before.id)
    assert [each.name for each in on_duty] == ["Fran"]
    assert still is not None and still.electorate == 3
    said = len(stage.said(anna))
    await go_to(stage, WEDNESDAY)
    await stage.move(8 * DAY)
    assert len(stage.said(anna)) == said, "no check-in, no reminder"
    pressed = await stage.say(anna, "/propose")
    assert pressed.words.startswith("This is for members")
    assert await stage.rows(f"SELECT 1 FROM consents WHERE member_id = {member_id}")

    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "Use them again")
    assert message.words.startswith("About you in Centro Aurora")
    assert await stage.read(consents.standing, member_id, "checkin") is not None
    async with stage.voci.database.reading() as tx:
        on_duty = await facilitators.contacts(tx, centre.id, stage.now)
    assert {each.name for each in on_duty} == {"Fran", "Anna"}
    assert "The next check-in comes on Wednesday 17 December, 17:00." in message.words


async def test_no_period_runs_meanwhile(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    await rests(stage, anna)
    async with stage.voci.database.transaction() as tx:
        later = stage.now + 4_000 * DAY
        swept = await retention.sweep(tx, stage.voci.keys, centre.id, later)
    assert swept.counts == {}
    assert await status(stage, centre, anna) == "left"


async def test_a_new_invitation_lifts_it_too(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    member_id = await stage.member_id(centre, anna)
    await rests(stage, anna)
    await stage.write(
        members.add, centre_id=centre.id, telegram_id=anna.id, role="user", name="Anna", now=9
    )
    assert not await stage.read(members.is_restricted, member_id)


async def test_in_another_centre_the_door_back_is_among_the_rights(stage: Stage) -> None:
    centre, group = await stage.centre()
    alba, other = await stage.centre("Casa Alba")
    anna = await stage.member(alba, other, "Anna")
    anna.join(group)
    await stage.enrol(centre, anna, "user", facilitator=False, language="en")
    message = await stage.say(anna, "/me")
    await stage.forge(anna, message, Restrict(centre.id, stage.now).encode())
    assert await status(stage, centre, anna) == "left"
    message = await stage.say(anna, "/me")
    assert message.words.startswith("About you in Casa Alba")
    await stage.press(anna, message, "My rights")
    await stage.press(anna, message, "Centro Aurora: use again")
    assert await status(stage, centre, anna) == "active"


async def test_whoever_has_left_is_not_brought_back_by_a_made_up_button(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/me")
    member_id = await stage.member_id(centre, anna)
    await stage.write(members.leave, member_id, stage.now)
    await stage.forge(anna, message, Lift(centre.id).encode())
    assert await status(stage, centre, anna) == "left"
    assert stage.last(anna).words.startswith("Centro Aurora: you have left the assembly in Voci.")


async def test_answers_are_in_no_summary_for_who_wishes_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await wants(stage, centre, group)
    member_id = await stage.member_id(centre, anna)
    message = await stage.say(anna, "/me")
    await stage.press(anna, message, "My rights")
    await stage.write(windows_with, member_id)
    await stage.press(anna, message, "Be in no summary")
    assert message.words.startswith("Your answers stay yours: they are in no summary")
    assert await stage.rows("SELECT 1 FROM window_members") == []
    assert not await stage.read(members.answers_count, member_id)
    assert await stage.read(consents.standing, member_id, "checkin") is not None
    await stage.press(anna, message, "Back")
    await stage.press(anna, message, "Be in summaries again")
    assert await stage.read(members.answers_count, member_id)


async def windows_with(tx: Transaction, member_id: int) -> None:
    """A window that is open, in which she is enrolled."""
    await tx.statement(
        f"INSERT INTO window_members (window_id, member_id, role) VALUES (70, {member_id}, 'user')"
    )
