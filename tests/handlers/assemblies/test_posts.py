"""What the group has of an assembly: one post where they are dense, and no old buttons anywhere."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import ANNOUNCE, I_AM_COMING, INTO_CALENDAR, OUT_OF_CALENDAR
from kit.stage import DAY, HOUR, Stage

from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies
from storage.assemblies import Assembly
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

WEEK = 7 * DAY
SETTLED = 30  # seconds, after which an edit has arrived


@dataclass
class Cast:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    anna: Person

    async def convene(self, ahead: int) -> Assembly:
        """By hand; the group reads of it or not."""
        moment = self.stage.now // 60 * 60 + ahead
        hub = await self.stage.say(self.paula, "/facilitate")
        self.paula.forge_press(hub, f"cvt:{self.centre.id}:0:{moment}")
        await self.stage.settle()
        await self.stage.press_each(self.paula, "Skip", ANNOUNCE)
        upcoming = await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now)
        return next(each for each in upcoming if each.starts_at == moment)

    async def weekly(self) -> Assembly:
        """One in a week that is part of a weekly rhythm."""
        held = await self.stage.convene(self.centre, self.paula, HOUR)
        assert await self.stage.write(assemblies.cancel, self.centre.id, held.id)
        await self.stage.convene(self.centre, self.paula, 2 * WEEK)
        return await self.convene(WEEK)

    async def to(self, moment: int) -> None:
        await self.stage.move(moment - self.stage.now)
        await self.stage.move(SETTLED)

    def said(self) -> list[Message]:
        return self.stage.said(self.group)


@pytest.fixture
async def play(stage: Stage) -> Cast:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    return Cast(stage, centre, group, paula, anna)


async def test_the_one_post_lives_from_the_agenda_until_it_is_over(play: Cast) -> None:
    assembly = await play.weekly()
    told = play.stage.last(play.paula)
    assert "The group reads of it on Thursday 4 December, 13:00." in told.words
    assert play.said() == []
    await play.to(assembly.starts_at - 6 * DAY)
    [post] = play.said()
    assert post.words.startswith("Assembly on Wednesday 10 December, 13:00")
    await play.to(assembly.starts_at - DAY)
    assert post.words.startswith("Assembly tomorrow, Wednesday 10 December, 13:00")
    assert post.labels == ["The list", "Ask to join", INTO_CALENDAR], (
        "nobody is asked whether they come"
    )
    await play.to(assembly.starts_at - 13 * HOUR)
    assert post.words.startswith("Assembly today")
    await play.to(assembly.starts_at)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    assert post.words.startswith("The assembly is open."), "at once: people wait for it"
    await play.stage.move(SETTLED)
    assert post.words.startswith("The assembly is open.") and post.labels == ["I’m here"]
    await play.stage.press_each(play.paula, "Close the assembly", "Close it")
    await play.stage.move(SETTLED)
    assert post.words.endswith("is over.") and post.labels == []
    assert len(play.said()) == 2, "the post, and what came of it"


async def test_who_wishes_it_is_reminded_once_and_the_card_follows(play: Cast) -> None:
    assembly = await play.weekly()
    await play.stage.say(play.anna, "/assembly")
    await play.stage.press_each(play.anna, "Remind me here too")
    before = len(play.stage.said(play.anna))
    await play.to(assembly.starts_at - DAY)
    card = play.stage.last(play.anna)
    assert card.words.startswith("Assembly tomorrow") and I_AM_COMING not in card.labels
    await play.to(assembly.starts_at - 13 * HOUR)
    assert card.words.startswith("Assembly today")
    await play.to(assembly.starts_at)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.stage.move(SETTLED)
    assert card.words.startswith("The assembly is open.") and card.labels[0] == "I’m here"
    await play.stage.press_each(play.paula, "Close the assembly", "Close it")
    await play.stage.move(SETTLED)
    assert card.labels == []
    assert len(play.stage.said(play.anna)) == before + 1


async def test_convened_within_the_day_the_group_reads_it_at_once(play: Cast) -> None:
    await play.stage.convene(play.centre, play.paula, WEEK)
    await play.convene(20 * HOUR)
    assert "The group is told now" in play.stage.last(play.paula).words
    [post] = play.said()
    assert post.words.startswith("Assembly tomorrow")


async def test_what_was_announced_alone_is_edited_once_another_is_near(play: Cast) -> None:
    assembly = await play.convene(3 * WEEK)
    [post] = play.said()
    assert I_AM_COMING in post.labels
    await play.convene(4 * WEEK)
    await play.to(assembly.starts_at - 13 * HOUR)
    assert play.said() == [post]
    assert post.words.startswith("Assembly today") and I_AM_COMING not in post.labels


async def test_moved_and_cancelled_are_told_all_the_same(play: Cast) -> None:
    assembly = await play.weekly()
    await play.stage.say(play.paula, "/facilitate")
    hub = play.stage.last(play.paula)
    moment = assembly.starts_at + HOUR
    play.paula.forge_press(hub, f"cvt:{play.centre.id}:{assembly.id}:{moment}")
    await play.stage.settle()
    await play.stage.press_each(play.paula, "Skip", "Move it")
    [moved] = play.said()
    assert "The time is new." in moved.words.split("\n")
    await play.to(moment - DAY)
    assert play.said() == [moved] and moved.words.startswith("Assembly tomorrow")
    await play.stage.press_each(play.paula, "Back", "Change Wed 10 Dec", "Cancel it")
    await play.stage.press_each(play.paula, "Cancel the assembly")
    await play.stage.move(SETTLED)
    assert [post.labels for post in play.said()] == [[], [OUT_OF_CALENDAR]]
    assert all("does not take place" in post.words for post in play.said())


async def test_far_apart_each_new_post_takes_the_buttons_of_those_before(play: Cast) -> None:
    assembly = await play.convene(3 * WEEK)
    for before, posts in ((WEEK, 2), (DAY, 3), (2 * HOUR, 4)):
        await play.to(assembly.starts_at - before)
        *older, newest = play.said()
        assert len(older) + 1 == posts
        assert I_AM_COMING in newest.labels
        assert all(post.labels == [] for post in older)
    assert all(post.words.startswith("Assembly today") for post in play.said())
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.stage.move(SETTLED)
    *older, opened = play.said()
    assert opened.labels == ["I’m here"]
    assert all(post.labels == [] for post in older)


async def test_the_post_of_a_bot_that_was_away_comes_late_and_once(play: Cast) -> None:
    assembly = await play.weekly()
    await play.to(assembly.starts_at - 4 * HOUR)
    await play.stage.restart()
    await play.stage.move(SETTLED)
    [post] = play.said()
    assert post.words.startswith("Assembly today")
