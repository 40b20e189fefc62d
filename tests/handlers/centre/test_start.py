from __future__ import annotations

import pytest
from kit.stage import Stage

from storage import members, people

pytestmark = pytest.mark.usefixtures("no_errors")


async def test_a_stranger_learns_what_this_is(stage: Stage) -> None:
    answer = await stage.start(stage.world.person("Sven", language_code="en"))
    assert "assemblies of co-produced mental-health centres" in answer.words
    assert await stage.read(people.find, answer.chat.id) is None


async def test_a_member_comes_home(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    home = await stage.start(anna)
    assert home.words.startswith("Centro Aurora")
    assert "Propose something" in home.labels and "Invite" not in home.labels
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    assert {"Invite", "Facilitator’s menu"} <= set((await stage.start(fiona)).labels)


async def test_whoever_left_is_a_stranger(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    home = await stage.start(anna)
    member_id = await stage.member_id(centre, anna)
    assert await stage.write(members.leave, member_id, 99)
    press = await stage.forge(anna, home, f"home:{centre.id}")
    assert "members of the centre" in ((await press.answered()).text or "")
    assert "assemblies of co-produced" in (await stage.start(anna)).words


@pytest.mark.parametrize("data", ["home:{}", "priv:{}", "help:{}", "langs:{}", "centres:{}"])
async def test_a_button_names_its_centre_and_only_members_may(stage: Stage, data: str) -> None:
    centre, group = await stage.centre()
    other, _ = await stage.centre("Casa Blu")
    anna = await stage.member(centre, group, "Anna")
    home = await stage.start(anna)
    press = await stage.forge(anna, home, data.format(other.id))
    assert "members of the centre" in ((await press.answered()).text or "")
    assert stage.last(anna).words == home.words


async def test_private_screens_never_stand_in_the_group(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    message = await stage.say(anna, "/setup", group)
    before = len(stage.said(group))
    for data in ("home", "priv", "help", "langs"):
        press = await stage.forge(anna, message, f"{data}:{centre.id}")
        assert "private chat" in ((await press.answered()).text or "")
    assert len(stage.said(group)) == before
    assert "person who runs this bot" in message.words


async def test_what_is_no_text_gets_a_sentence(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    anna.send_sticker(stage.bot)
    await stage.settle()
    assert "written words" in stage.last(anna).words


async def test_start_in_a_group_is_not_for_us(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna")
    anna.say(group, f"/start join_{centre.id}")
    await stage.settle()
    assert stage.said(group) == []
