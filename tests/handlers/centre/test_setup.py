from __future__ import annotations

import pytest
from kit.phrases import USE_THE_SERVICE
from kit.stage import Stage

from sandbox.chats import Group
from storage import centres
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


def new_group(stage: Stage, title: str = "Centro Aurora", kind: str = "supergroup") -> Group:
    group = stage.operator.create_group(title, kind=kind)
    stage.operator.add(group, stage.bot)
    return group


async def centre_of(stage: Stage, group: Group) -> Centre | None:
    return await stage.read(centres.by_chat, group.id)


async def test_the_operator_sets_a_centre_up_by_pressing(stage: Stage) -> None:
    group = new_group(stage)
    message = await stage.say(stage.operator, "/setup", group)
    assert message.labels == ["English", "Italiano", "Deutsch"]
    await stage.press(stage.operator, message, "Italiano")
    assert "13:00" in stage.last(group).words and "Roma" in stage.last(group).labels[0]
    await stage.press(stage.operator, message, 0)
    assert stage.last(group).labels == ["Centro Aurora"]
    await stage.press(stage.operator, message, "Centro Aurora")

    centre = await centre_of(stage, group)
    assert centre is not None
    assert (centre.name, centre.language, centre.zone) == ("Centro Aurora", "it", "Europe/Rome")
    [button] = stage.last(group).buttons
    assert button.url is not None and "?start=i_" in button.url
    assert len(stage.said(group)) == 1, "one message, edited in place"


async def test_another_zone_and_another_name_are_typed(stage: Stage) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    await stage.press(stage.operator, question, "English")
    await stage.say(stage.operator, "/setup Mars/Olympus", group)
    assert "I do not know that time zone" in stage.last(group).words
    asked = await stage.say(stage.operator, "/setup europe/lisbon", group)
    assert "called" in asked.words
    stage.operator.say(group, "\u202e<b>Casa</b>\x00 Blu", reply_to=asked)
    await stage.settle()
    centre = await centre_of(stage, group)
    assert centre is not None
    assert (centre.name, centre.zone) == ("<b>Casa</b> Blu", "Europe/Lisbon")
    assert "<b>Casa</b> Blu is set up." in stage.last(group).words


async def test_the_name_can_follow_the_command(stage: Stage) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    await stage.press(stage.operator, question, "Deutsch")
    await stage.press(stage.operator, question, 0)
    await stage.say(stage.operator, "/setup " + "x" * 101, group)
    assert "100" in stage.last(group).words
    await stage.say(stage.operator, "/setup Zentrum Morgen", group)
    centre = await centre_of(stage, group)
    assert centre is not None and centre.name == "Zentrum Morgen"


async def test_a_setup_survives_a_restart(stage: Stage) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    await stage.press(stage.operator, question, "English")
    await stage.restart()
    await stage.press(stage.operator, question, 0)
    await stage.press(stage.operator, stage.last(group), "Centro Aurora")
    assert await centre_of(stage, group) is not None


async def test_only_the_operator_sets_up(stage: Stage) -> None:
    group = new_group(stage)
    carla = stage.world.person("Carla")
    carla.join(group)
    answer = await stage.say(carla, "/setup", group)
    assert "person who runs this bot" in answer.words
    question = await stage.say(stage.operator, "/setup", group)
    press = await stage.press(carla, question, "Italiano")
    assert "person who runs this bot" in ((await press.answered()).text or "")
    assert stage.last(group).labels == ["English", "Italiano", "Deutsch"]
    carla.say(group, "Mine", reply_to=question)
    await stage.settle()
    assert stage.last(group) is question


async def test_an_anonymous_admin_is_asked_to_show_themselves(stage: Stage) -> None:
    group = new_group(stage)
    stage.operator.say_anonymously(group, "/setup")
    await stage.settle()
    assert "takes part as themselves" in stage.last(group).words


async def test_in_private_setup_points_to_the_group(stage: Stage) -> None:
    stage.operator.start(stage.bot)
    await stage.settle()
    answer = await stage.say(stage.operator, "/setup")
    assert "in its group" in answer.words


async def test_twice_is_once_and_an_unused_link_is_renewed(stage: Stage) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    for button in ("English", 0, "Centro Aurora"):
        await stage.press(stage.operator, question, button)
    first = stage.last(group).buttons[0].url
    second = (await stage.say(stage.operator, "/setup", group)).buttons[0].url
    assert first is not None and second is not None and first != second

    anna = stage.world.person("Anna")
    assert "taken back" in (await stage.open_link(anna, first)).words
    assert "Welcome" in (await stage.open_link(anna, second)).words
    assert len(await stage.read(centres.every)) == 1


async def test_after_the_first_facilitator_the_groups_link_is_gone(stage: Stage) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    for button in ("English", 0, "Centro Aurora"):
        await stage.press(stage.operator, question, button)
    link = stage.last(group).buttons[0].url
    assert link is not None
    anna = stage.world.person("Anna")
    await stage.open_link(anna, link)
    await stage.press_each(anna, 0, 0, 0, USE_THE_SERVICE, "Yes", "Anna")
    assert "You facilitate now" in stage.last(anna).words
    await stage.move(10)
    assert stage.last(group) is question and question.labels == []
    answer = await stage.say(stage.operator, "/setup", group)
    assert "set up already" in answer.words
    bruno = stage.world.person("Bruno")
    assert "used already" in (await stage.open_link(bruno, link)).words


@pytest.mark.parametrize("data", ["suL:fr", "suZ:Mars/Olympus", "suZ:", "suN", "suN:1", "suL"])
async def test_made_up_answers_change_nothing(stage: Stage, data: str) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    await stage.forge(stage.operator, question, data)
    assert stage.last(group).labels == ["English", "Italiano", "Deutsch"]
    assert await centre_of(stage, group) is None


async def test_a_title_that_can_be_no_name_is_not_proposed(stage: Stage) -> None:
    group = new_group(stage, title="🌅🌅🌅")
    question = await stage.say(stage.operator, "/setup", group)
    await stage.press(stage.operator, question, "English")
    await stage.press(stage.operator, question, 0)
    assert stage.last(group).labels == []
    assert "Answer this message" in stage.last(group).words


async def test_a_group_that_becomes_a_supergroup_stays_the_centres(stage: Stage) -> None:
    group = new_group(stage, kind="group")
    question = await stage.say(stage.operator, "/setup", group)
    await stage.press(stage.operator, question, "English")
    moved = stage.operator.upgrade(group)
    await stage.settle()
    await stage.say(stage.operator, "/setup Europe/Rome", moved)
    await stage.say(stage.operator, "/setup Centro Aurora", moved)
    assert await centre_of(stage, moved) is not None


async def test_a_name_that_exists_is_said_and_asked_about(stage: Stage) -> None:
    known, _ = await stage.centre()
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    for button in ("English", 0, "Centro Aurora"):
        await stage.press(stage.operator, question, button)
    assert "There is a centre of this name on this bot already" in stage.last(group).words
    assert await centre_of(stage, group) is None
    await stage.restart()
    await stage.say(stage.operator, "/setup centro AURORA", group)
    assert stage.last(group).labels == ["A second one of this name"]
    assert await centre_of(stage, group) is None
    await stage.press(stage.operator, stage.last(group), 0)
    centre = await centre_of(stage, group)
    assert centre is not None and (centre.name, centre.id) != (known.name, known.id)


async def test_another_name_is_taken_instead(stage: Stage) -> None:
    await stage.centre()
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    for button in ("English", 0, "Centro Aurora"):
        await stage.press(stage.operator, question, button)
    await stage.say(stage.operator, "/setup Casa Alba", group)
    centre = await centre_of(stage, group)
    assert centre is not None and centre.name == "Casa Alba"


async def test_a_city_can_be_written_for_the_zone(stage: Stage) -> None:
    group = new_group(stage)
    question = await stage.say(stage.operator, "/setup", group)
    await stage.press(stage.operator, question, "Italiano")
    await stage.say(stage.operator, "/setup lisbona", group)
    await stage.say(stage.operator, "/setup Roma", group)
    centre = await centre_of(stage, group)
    assert centre is not None and (centre.zone, centre.name) == ("Europe/Lisbon", "Roma")
