"""A centre posts in one topic of its group, and waits where that is shut."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.centre_rows import QUESTION
from kit.stage import HOUR, Stage

from sandbox.chats import Group
from sandbox.people import Person
from sandbox.topics import Topic
from storage import centres, outbox_chats
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

SHUT = "the topic where Voci posts is closed or deleted"


@dataclass
class Forum:
    """A centre whose group has topics, with its facilitator."""

    stage: Stage
    centre: Centre
    group: Group
    anna: Person
    garden: Topic

    async def write(self, person: Person, text: str, topic: Topic | None = None) -> None:
        person.say(self.group, text, topic=topic)
        await self.stage.settle()

    def in_topic(self, topic: Topic | None) -> list[str]:
        """What Voci said in one topic, oldest first."""
        return [each.words for each in self.stage.said(self.group) if each.topic is topic]

    def told(self, words: str = SHUT) -> list[str]:
        return [each.words for each in self.stage.said(self.anna) if words in each.words]


@pytest.fixture
async def forum(stage: Stage) -> Forum:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    garden = stage.operator.open_topic(group, "Garden")
    return Forum(stage, centre, group, anna, garden)


async def test_a_centre_posts_where_it_was_set_up(stage: Stage) -> None:
    group = stage.operator.create_group("Centro Aurora", kind="supergroup")
    stage.operator.add(group, stage.bot)
    voices = stage.operator.open_topic(group, "Voices")
    for text, button in (("/setup", "English"), ("", 0), ("", "Centro Aurora")):
        if text:
            stage.operator.say(group, text, topic=voices)
            await stage.settle()
        await stage.press(stage.operator, stage.last(group), button)
    assert await stage.read(centres.topic_of, group.id) == voices.id
    centre = await stage.read(centres.by_chat, group.id)
    assert centre is not None
    await stage.member(centre, group, "Anna")
    await stage.put(centre)
    assert {each.topic for each in stage.said(group)} == {voices}


async def test_a_facilitator_says_where_and_posts_stand_there(forum: Forum) -> None:
    await forum.stage.put(forum.centre)
    assert QUESTION in forum.in_topic(forum.group.topics.general)[-1]
    await forum.write(forum.anna, "/here", forum.garden)
    assert forum.in_topic(forum.garden) == ["From now on I post here."]
    await forum.stage.move(HOUR + 60)
    await forum.stage.move(60)
    outcome = forum.in_topic(forum.garden)[-1]
    assert QUESTION in outcome and "Open until" not in outcome
    closed = forum.in_topic(forum.group.topics.general)[-1]
    assert "Open until" not in closed, "the question itself is edited where it stands"
    await forum.write(forum.anna, "/here")
    assert await forum.stage.read(centres.topic_of, forum.group.id) is None


async def test_nobody_else_says_where(forum: Forum) -> None:
    bruno = await forum.stage.member(forum.centre, forum.group, "Bruno")
    stranger = forum.stage.world.person("Someone")
    stranger.join(forum.group)
    await forum.write(bruno, "/here", forum.garden)
    assert "Facilitators can do this." in forum.in_topic(forum.garden)[-1]
    await forum.write(stranger, "/here", forum.garden)
    forum.anna.say_anonymously(forum.group, "/here")
    await forum.stage.settle()
    assert "Remain anonymous" in forum.stage.last(forum.group).words
    assert await forum.stage.read(centres.topic_of, forum.group.id) is None


async def test_in_private_it_is_told_where_that_is_written(forum: Forum) -> None:
    assert "in your centre’s group" in (await forum.stage.say(forum.anna, "/here")).words


async def test_what_a_closed_topic_keeps_out_comes_when_it_is_open_again(forum: Forum) -> None:
    await forum.write(forum.anna, "/here", forum.garden)
    forum.stage.operator.close_topic(forum.group, forum.garden)
    await forum.stage.put(forum.centre)
    await forum.stage.move(1800)
    assert len(forum.in_topic(forum.garden)) == 1
    [told] = forum.told()
    assert "One message waits" in told and "/here" in told
    forum.stage.operator.reopen_topic(forum.group, forum.garden)
    await forum.stage.settle()
    assert QUESTION in forum.in_topic(forum.garden)[-1], "at once, not at the next try"


@pytest.mark.parametrize("shut", ["deleted", "closed", "general closed"])
async def test_what_waits_goes_to_another_topic_that_is_chosen(forum: Forum, shut: str) -> None:
    general = forum.group.topics.general
    other = forum.stage.operator.open_topic(forum.group, "Kitchen")
    if shut == "general closed":
        assert general is not None
        forum.stage.operator.close_topic(forum.group, general)
    else:
        await forum.write(forum.anna, "/here", forum.garden)
        act = {"deleted": "delete_topic", "closed": "close_topic"}[shut]
        getattr(forum.stage.operator, act)(forum.group, forum.garden)
    await forum.stage.put(forum.centre)
    assert len(forum.told()) == 1
    await forum.write(forum.anna, "/here", other)
    await forum.stage.move(2)
    said = forum.in_topic(other)
    assert said[0] == "From now on I post here, beginning with what has been waiting."
    assert QUESTION in said[1]
    assert len(forum.told()) == 1


async def test_a_question_that_closed_before_it_was_posted_comes_closed(forum: Forum) -> None:
    await forum.write(forum.anna, "/here", forum.garden)
    forum.stage.operator.close_topic(forum.group, forum.garden)
    await forum.stage.put(forum.centre)
    await forum.stage.move(HOUR + 600)
    forum.stage.operator.reopen_topic(forum.group, forum.garden)
    await forum.stage.move(60)
    said = [each for each in forum.stage.said(forum.group) if QUESTION in each.words]
    assert len(said) == 2, "the question and its outcome"
    assert not any("Open until" in each.words for each in said)


async def test_asked_in_a_topic_it_answers_there(forum: Forum) -> None:
    await forum.write(forum.anna, "/agenda", forum.garden)
    await forum.write(forum.anna, "/assembly", forum.garden)
    assert len(forum.in_topic(forum.garden)) == 2
    assert forum.in_topic(forum.group.topics.general) == []


async def test_a_group_without_topics_is_written_to_as_ever(stage: Stage) -> None:
    centre, group = await stage.centre()
    anna = await stage.member(centre, group, "Anna", facilitator=True)
    assert (await stage.say(anna, "/here", group)).words == "From now on I post here."
    await stage.put(centre)
    assert QUESTION in stage.last(group).words
    assert await stage.read(outbox_chats.waiting, group.id, stage.now) == 0
