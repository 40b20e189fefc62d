from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from kit.phrases import ANNOUNCE, I_AM_COMING
from kit.stage import Stage

from assembly.recurrence import resolve
from handlers.assemblies.presses import Attend, ChooseReminders, Post, ShowPoints
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, attendances, sessions
from storage.assemblies import Assembly
from storage.attendances import Attendance
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

HOUR = 3600
DAY = 24 * HOUR


@dataclass
class Cast:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    anna: Person
    bruno: Person

    async def convene(self, when: str = "2025-12-15 16:00") -> Assembly:
        """Announced in the group, as a facilitator does it."""
        moment = resolve(datetime.fromisoformat(when), self.stage.speech().zone)
        hub = await self.stage.say(self.paula, "/facilitate")
        self.paula.forge_press(hub, f"cvt:{self.centre.id}:0:{moment}")
        await self.stage.settle()
        await self.stage.press_each(self.paula, "Skip", ANNOUNCE)
        return (await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now))[-1]

    async def propose(self, *titles: str) -> None:
        for title in titles:
            await self.stage.propose(self.centre, self.anna, title, named=False)

    async def said_by(self, person: Person, assembly: Assembly) -> Attendance | None:
        member_id = await self.stage.member_id(self.centre, person)
        return await self.stage.read(attendances.of, assembly.id, member_id)

    async def card(self, person: Person) -> Message:
        return await self.stage.say(person, "/assembly")


@pytest.fixture
async def play(stage: Stage) -> Cast:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    bruno = await stage.member(centre, group, "Bruno", "family", language="it")
    return Cast(stage, centre, group, paula, anna, bruno)


async def test_without_an_assembly_the_screen_says_so(play: Cast) -> None:
    assert "No assembly is convened" in (await play.card(play.anna)).words
    in_group = await play.stage.say(play.anna, "/assembly", play.group)
    assert "No assembly is convened" in in_group.words
    assert in_group.labels == []


async def test_the_card_says_when_where_what_and_how_many(play: Cast) -> None:
    await play.propose("A quiet room", "A trip in spring")
    await play.convene()
    card = await play.card(play.anna)
    assert "Assembly on Monday 15 December, 16:00" in card.words
    assert "First of 2 points: A quiet room" in card.words
    assert "coming" not in card.words
    assert card.labels[:3] == [I_AM_COMING, "Maybe", "I can’t"]


async def test_an_answer_in_the_group_is_counted_in_the_post_without_a_name(play: Cast) -> None:
    assembly = await play.convene()
    post = play.stage.last(play.group)
    press = await play.stage.press(play.anna, post, I_AM_COMING)
    assert press.answer is not None
    assert press.answer.text == "You said that you are coming. You can change it at any time."
    await play.stage.press(play.paula, post, I_AM_COMING)
    await play.stage.move(10)
    assert "2 people are coming." in post.words
    assert "Anna" not in post.words
    assert post.edits == 1, "one edit for both"
    assert await play.said_by(play.anna, assembly) is Attendance.YES


async def test_pressing_twice_is_once_and_the_last_answer_counts(play: Cast) -> None:
    assembly = await play.convene()
    post = play.stage.last(play.group)
    for button in (I_AM_COMING, I_AM_COMING, "I can’t"):
        press = await play.stage.press(play.anna, post, button)
    assert press.answer is not None and "You said that you can’t come." in press.answer.text
    await play.stage.move(10)
    assert "coming" not in post.words.splitlines()[-1]
    assert await play.said_by(play.anna, assembly) is Attendance.NO


async def test_the_toast_speaks_the_persons_language_the_post_the_centres(play: Cast) -> None:
    await play.convene()
    post = play.stage.last(play.group)
    press = await play.stage.press(play.bruno, post, I_AM_COMING)
    assert press.answer is not None and "Hai detto che vieni" in press.answer.text
    await play.stage.move(10)
    assert "One person is coming." in post.words


async def test_a_maybe_is_not_counted(play: Cast) -> None:
    assembly = await play.convene()
    await play.stage.press(play.anna, play.stage.last(play.group), "Maybe")
    await play.stage.move(10)
    assert "One person" not in play.stage.last(play.group).words
    assert await play.said_by(play.anna, assembly) is Attendance.MAYBE


async def test_in_private_the_own_answer_is_marked(play: Cast) -> None:
    assembly = await play.convene()
    card = await play.card(play.anna)
    await play.stage.press(play.anna, card, "Maybe")
    card = play.stage.last(play.anna)
    assert card.labels[:3] == [I_AM_COMING, "✓ Maybe", "I can’t"]
    await play.stage.press(play.anna, card, I_AM_COMING)
    assert "One person is coming." in play.stage.last(play.anna).words
    assert await play.said_by(play.anna, assembly) is Attendance.YES


async def test_in_the_group_the_card_shows_nobodys_answer(play: Cast) -> None:
    await play.convene()
    await play.stage.press(play.anna, play.stage.last(play.group), I_AM_COMING)
    card = await play.stage.say(play.anna, "/assembly", play.group)
    assert card.labels[:3] == [I_AM_COMING, "Maybe", "I can’t"]
    await play.stage.press(play.paula, card, I_AM_COMING)
    await play.stage.move(10)
    assert "2 people are coming." in card.words


async def test_one_number_stands_wherever_the_group_can_say_it(play: Cast) -> None:
    await play.convene()
    post = play.stage.last(play.group)
    card = await play.stage.say(play.anna, "/assembly", play.group)
    for pressed, other, person, told in (
        (post, card, play.anna, "One person is coming."),
        (card, post, play.bruno, "2 people are coming."),
    ):
        await play.stage.press(person, pressed, I_AM_COMING)
        await play.stage.move(10)
        assert told in pressed.words and told not in other.words
        await play.stage.move(60)
        assert told in other.words


async def test_who_wants_reminders_in_private_says_so_with_a_button(play: Cast) -> None:
    await play.convene()
    card = await play.card(play.anna)
    press = await play.stage.press(play.anna, card, "Remind me here too")
    assert press.answer is not None and "You will get the reminders here too." in press.answer.text
    card = play.stage.last(play.anna)
    assert "You get the reminders here too." in card.words
    await play.stage.press(play.anna, card, "No reminders here")
    assert "Remind me here too" in play.stage.last(play.anna).labels


async def test_reminders_come_to_the_group_and_to_who_wishes_it(play: Cast) -> None:
    await play.convene()
    await play.stage.press(play.anna, await play.card(play.anna), "Remind me here too")
    await play.stage.press(play.bruno, await play.card(play.bruno), "Ricordamelo anche qui")
    play.bruno.block(play.stage.bot)
    await play.stage.settle()
    spoken = len(play.stage.said(play.bruno))
    await play.stage.move(11 * DAY + 3 * HOUR - 60)
    await play.stage.move(120)  # past Sunday 14 December, 16:00
    reminder, private = play.stage.last(play.group), play.stage.last(play.anna)
    assert "Assembly tomorrow, Monday 15 December, 16:00" in reminder.words
    assert "Assembly tomorrow, Monday 15 December, 16:00" in private.words
    assert len(play.stage.said(play.bruno)) == spoken, "who has blocked the bot is left in peace"
    await play.stage.press(play.paula, reminder, I_AM_COMING)
    await play.stage.press(play.anna, private, I_AM_COMING)
    assert "✓ I’m coming" in play.stage.last(play.anna).labels
    await play.stage.move(10)
    assert "2 people are coming." in reminder.words, "who answers in private is counted as well"
    said = len(play.stage.said(play.group))
    await play.stage.restart()
    await play.stage.tick()
    assert len(play.stage.said(play.group)) == said


async def test_the_list_opens_in_private_from_the_post(play: Cast) -> None:
    await play.propose("A quiet room", "A <b>trip</b> in spring")
    await play.convene()
    button = next(b for b in play.stage.last(play.group).buttons if b.label == "The list")
    assert button.url is not None
    points = await play.stage.open_link(play.anna, button.url)
    assert "1. A quiet room\n2. A <b>trip</b> in spring" in points.words
    assert "The order can still change." in points.words
    stranger = play.stage.world.person("Otto", language_code="en")
    refused = await play.stage.open_link(stranger, button.url)
    assert "A quiet room" not in refused.words


async def test_the_list_of_the_card_is_one_press_away(play: Cast) -> None:
    await play.propose("A quiet room")
    await play.convene()
    card = await play.card(play.anna)
    await play.stage.press(play.anna, card, "The list")
    points = play.stage.last(play.anna)
    assert "1. A quiet room" in points.words
    await play.stage.press(play.anna, points, "Back")
    assert I_AM_COMING in play.stage.last(play.anna).labels


@pytest.mark.parametrize(
    "payload", ["points_", "points_1", "points_1_x", "points_1_99", "points_9_1"]
)
async def test_made_up_links_to_a_list_show_no_list(play: Cast, payload: str) -> None:
    await play.propose("A quiet room")
    await play.convene()
    message = await play.stage.start(play.anna, payload)
    assert "A quiet room" not in message.words


async def test_after_a_cancellation_no_answer_is_taken(play: Cast) -> None:
    assembly = await play.convene()
    post = play.stage.last(play.group)
    await play.stage.write(assemblies.cancel, play.centre.id, assembly.id)
    press = await play.stage.press(play.anna, post, I_AM_COMING)
    assert press.answer is not None and press.answer.show_alert
    assert "does not take place" in press.answer.text
    assert await play.said_by(play.anna, assembly) is None
    await play.stage.move(10)
    assert post.labels == []


async def test_whoever_answers_once_it_is_open_reads_how_to_say_that_they_are_here(
    play: Cast,
) -> None:
    assembly = await play.convene()
    card = await play.stage.say(play.anna, "/assembly")
    await play.stage.write(sessions.begin, play.centre.id, assembly.id, play.stage.now)
    press = await play.stage.press(play.anna, card, "Maybe")
    assert (await press.answered()).text == "It has begun. When you are here, press “I’m here”."
    assert "I’m here" in play.stage.last(play.anna).labels


async def test_answers_of_outsiders_and_for_other_centres_are_not_taken(play: Cast) -> None:
    assembly = await play.convene()
    post = play.stage.last(play.group)
    other, group = await play.stage.centre("Casa Blu")
    zoe = await play.stage.member(other, group, "Zoe")
    card = await play.stage.say(zoe, "/assembly")
    outsider = play.stage.world.person("Otto", language_code="en")
    yes, made_up = Attendance.YES, assembly.id + 50
    for person, message, data in (
        (outsider, post, Attend(play.centre.id, assembly.id, yes, Post.ANNOUNCED)),
        (zoe, post, Attend(play.centre.id, assembly.id, yes, Post.ANNOUNCED)),
        (zoe, post, Attend(other.id, assembly.id, yes, Post.ANNOUNCED)),
        (zoe, card, Attend(other.id, assembly.id, yes, Post.CARD)),
        (play.anna, post, Attend(play.centre.id, made_up, yes, Post.CARD)),
    ):
        answer = await person.forge_press(message, data.encode()).answered()
        assert answer.show_alert and answer.text
    await play.stage.settle()
    assert await play.stage.read(attendances.coming, assembly.id) == 0


async def test_private_screens_forged_into_the_group_stay_away_from_it(play: Cast) -> None:
    await play.propose("A quiet room")
    assembly = await play.convene()
    post = play.stage.last(play.group)
    before = post.words
    for data in (
        ShowPoints(play.centre.id, assembly.id).encode(),
        ChooseReminders(play.centre.id, on=True).encode(),
        f"asm:{play.centre.id}",
    ):
        await play.anna.forge_press(post, data).answered()
    await play.stage.settle()
    assert play.stage.said(play.group) == [post]
    assert post.words == before


@pytest.mark.parametrize("data", ["att:1:1:perhaps:24h", "att:1:1:yes:nowhere", "att:1:yes:24h"])
async def test_data_that_no_button_carries_belongs_to_an_older_message(
    play: Cast, data: str
) -> None:
    await play.convene()
    answer = await play.anna.forge_press(play.stage.last(play.group), data).answered()
    assert "older message" in answer.text


async def test_an_older_card_gives_way_to_the_one_below(play: Cast) -> None:
    await play.convene()
    for where in (None, play.group):
        older = await play.stage.say(play.anna, "/assembly", where)
        assert older.buttons
        newer = await play.stage.say(play.anna, "/assembly", where)
        await play.stage.move(60)
        assert not older.buttons and older.words, "its words stay"
        assert newer.buttons
        await play.stage.press(play.anna, newer, I_AM_COMING)


async def test_cards_and_reminders_lose_their_buttons_when_it_is_over(play: Cast) -> None:
    await play.convene()
    card = await play.card(play.anna)
    await play.stage.press(play.anna, card, "Remind me here too")
    assert card.buttons
    await play.stage.move(6 * DAY)  # a week before: the reminder stands below the card
    reminder = play.stage.last(play.anna)
    assert reminder is not card and reminder.buttons and not card.buttons
    other = await play.card(play.bruno)
    await play.stage.move(8 * DAY)
    await play.stage.move(60)
    assert not other.buttons
    assert not [each for each in play.stage.said(play.anna) if I_AM_COMING in each.labels]


async def test_a_card_that_has_become_another_screen_keeps_its_buttons(play: Cast) -> None:
    await play.convene()
    card = await play.card(play.anna)
    await play.stage.press(play.anna, card, "Back")
    assert I_AM_COMING not in card.labels
    labels = card.labels
    await play.card(play.anna)
    await play.stage.move(20 * DAY)
    assert card.labels == labels


async def test_a_screen_that_became_a_card_again_is_one(play: Cast, stage: Stage) -> None:
    await play.convene()
    card = await play.card(play.anna)
    await stage.press_each(play.anna, "The list", "Back")
    assert I_AM_COMING in card.labels
    await stage.move(20 * DAY)  # it is noticed now that it is over
    await stage.move(30)
    assert not card.buttons
