"""Strangers on their way in have the same rights: to read, to take along, to correct, to erase."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from kit.phrases import ASK_TO_JOIN, GIVE_A_COPY, GO_ON, OLD_ENOUGH, UNDERSTOOD
from kit.stage import HOUR, Stage

from assembly.roles import Role
from handlers.profile.presses import MyCopyOnTheWay
from sandbox.chats import Message
from sandbox.people import Person
from storage import invitations
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def asks(stage: Stage, centre: Centre, person: Person) -> None:
    await stage.start(person, f"join_{centre.id}")
    await stage.press_each(person, ASK_TO_JOIN, "I am a family member", person.first_name)


def unpacked(stage: Stage, message: Message) -> tuple[str, dict[str, Any]]:
    """The page and the JSON that a message carries."""
    file = stage.file(message)
    with ZipFile(BytesIO(file.data)) as archive:
        page, data = (archive.read(name).decode() for name in sorted(archive.namelist()))
    return page, json.loads(data)


async def test_whoever_asked_takes_a_copy_along(stage: Stage) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Fiona", facilitator=True)
    nina = stage.world.person("Nina")
    await asks(stage, centre, nina)
    message = await stage.say(nina, "/me")
    assert message.labels == [GIVE_A_COPY, "Erase everything"]
    await stage.press(nina, message, GIVE_A_COPY)
    page, held = unpacked(stage, stage.last(nina))
    [asked] = held["asked_to_join"]
    assert (asked["centre"], asked["role"], asked["name"]) == ("Centro Aurora", "family", "Nina")
    assert asked["asked_at"].startswith("2025-12-03T13:00:")
    assert held["person"][0]["telegram_id"] == nina.id
    assert "<dd>family member</dd>" in page and "3 December 2025, 13:0" in page
    assert "Fiona" not in page


async def test_whoever_began_to_join_does_too(stage: Stage) -> None:
    centre, _ = await stage.centre()
    nina = stage.world.person("Nina")
    token = await stage.write(invitations.add, centre_id=centre.id, role=Role.USER, now=stage.now)
    await stage.start(nina)
    await stage.open_link(nina, stage.voci.services.link(f"i_{token}"))
    await stage.press_each(nina, OLD_ENOUGH, GO_ON, UNDERSTOOD)
    await stage.press(nina, await stage.say(nina, "/me"), GIVE_A_COPY)
    page, held = unpacked(stage, stage.last(nina))
    [begun] = held["on_the_way_in"]
    assert (begun["centre"], begun["role"]) == ("Centro Aurora", "user")
    assert begun["consented_at"] is not None
    assert "That you began to join" in page


async def test_of_whom_nothing_is_held_there_is_no_copy(stage: Stage) -> None:
    nina = stage.world.person("Nina")
    await stage.start(nina)
    message = await stage.say(nina, "/me")
    await stage.forge(nina, message, MyCopyOnTheWay().encode())
    assert stage.last(nina).words == "I hold nothing about you."


async def test_what_was_asked_and_forgotten_is_read_by_nobody(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    nina, otto = stage.world.person("Nina"), stage.world.person("Otto")
    await asks(stage, centre, nina)
    await stage.move(10)
    assert "Nina asks to take part" in stage.last(fiona).words
    await stage.press(nina, await stage.say(nina, "/me"), "Erase everything")
    await stage.move(10)
    assert stage.last(fiona).words.endswith("Somebody asked to take part, and has taken that back.")
    assert stage.last(fiona).labels == []
    # At night it waits, with the name in it; what is forgotten is not delivered in the morning.
    await stage.move(10 * HOUR)
    await asks(stage, centre, otto)
    waiting = await stage.rows("SELECT payload FROM outbox WHERE payload IS NOT NULL")
    assert any("Otto" in row["payload"] for row in waiting)
    said = len(stage.said(fiona))
    await stage.press(otto, await stage.say(otto, "/me"), "Erase everything")
    waiting = await stage.rows("SELECT key, payload FROM outbox")
    assert not any("Otto" in str(row["payload"]) or str(otto.id) in row["key"] for row in waiting)
    await stage.move(12 * HOUR)
    assert len(stage.said(fiona)) == said


async def test_to_correct_it_one_asks_again(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    nina = stage.world.person("Nina")
    await asks(stage, centre, nina)
    await stage.press(nina, await stage.say(nina, "/me"), "Erase everything")
    await stage.start(nina, f"join_{centre.id}")
    await stage.press_each(nina, ASK_TO_JOIN, "I use the service", "Nina")
    await stage.move(10)
    assert "Nina asks to take part, as a user of the service." in stage.last(fiona).words
