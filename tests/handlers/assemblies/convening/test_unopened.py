from __future__ import annotations

from dataclasses import dataclass

import pytest
from kit.phrases import ANNOUNCE, I_AM_COMING
from kit.stage import Stage

from assembly.duties import Duty
from handlers.assemblies import planning
from handlers.assemblies.convening_presses import CancelAssembly
from handlers.assemblies.presses import NotToday
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, duties, messages, schedules
from storage.assemblies import Assembly
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

HOUR = 3600
DAY = 24 * HOUR
ASKED = "Nobody has opened it yet."
NOT_HELD = "did not take place: nobody opened it."
STAYS = "All proposals stay on the list for the next one."


@dataclass
class Cast:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    bruno: Person  # facilitates too
    anna: Person

    async def convene(self, ahead: int = HOUR) -> Assembly:
        moment = self.stage.now // 60 * 60 + ahead
        hub = await self.stage.say(self.paula, "/facilitate")
        self.paula.forge_press(hub, f"cvt:{self.centre.id}:0:{moment}")
        await self.stage.settle()
        await self.stage.press_each(self.paula, "Skip", ANNOUNCE)
        return (await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now))[-1]

    async def its_time(self) -> None:
        await self.stage.move(HOUR)
        await self.stage.move(30)

    def asked(self, person: Person) -> list[Message]:
        return [each for each in self.stage.said(person) if ASKED in each.words]

    def told(self) -> list[Message]:
        return [each for each in self.stage.said(self.group) if "stay on the list" in each.words]


@pytest.fixture
async def play(stage: Stage) -> Cast:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    bruno = await stage.member(centre, group, "Bruno", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    return Cast(stage, centre, group, paula, bruno, anna)


async def test_the_facilitators_are_asked_at_its_time(play: Cast) -> None:
    assembly = await play.convene()
    await play.its_time()
    for person in (play.paula, play.bruno):
        [asked] = play.asked(person)
        assert asked.labels == ["Open the assembly", "Not today", "Move it"]
        assert "If nobody does by 17:00, the group reads" in asked.words
    assert play.asked(play.anna) == []
    await play.stage.press(play.paula, play.stage.last(play.paula), "Open the assembly")
    await play.stage.move(30)
    assert "Nothing is on the list." in play.stage.last(play.paula).words
    bruno = play.stage.last(play.bruno)
    assert bruno.words == "The assembly is open." and bruno.labels == ["Back"]
    await play.stage.move(4 * HOUR)
    assert play.told() == []
    assert await play.stage.read(schedules.find, planning.UNOPENED, assembly.id) is None


async def test_who_opens_it_in_time_is_not_asked(play: Cast) -> None:
    await play.convene()
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.its_time()
    assert play.asked(play.paula) == play.asked(play.bruno) == []


async def test_the_group_is_told_that_it_did_not_take_place(play: Cast) -> None:
    await play.convene()
    announcement = play.stage.last(play.group)
    await play.its_time()
    assert I_AM_COMING in announcement.labels
    await play.stage.move(3 * HOUR)
    await play.stage.move(30)
    [told] = play.stage.said(play.group)
    assert told == announcement, "once, where it was announced"
    assert told.words.endswith(f"{NOT_HELD}\n{STAYS}") and told.labels == []
    asked = play.stage.last(play.bruno)
    assert NOT_HELD in asked.words and asked.labels == ["Back"]
    await play.stage.move(10 * DAY)
    assert play.stage.said(play.group) == [told]


async def test_where_no_post_of_it_stands_the_group_is_told_anew(play: Cast) -> None:
    await play.convene()
    await play.stage.settle()
    [row] = await play.stage.rows("SELECT ref FROM messages WHERE ref LIKE 'assembly:%'")
    await play.stage.write(messages.forget, row["ref"])
    await play.its_time()
    await play.stage.move(3 * HOUR)
    await play.stage.move(30)
    [told] = play.told()
    assert "did not take place, because nobody opened it" in told.words and told.labels == []


async def test_moved_it_is_asked_for_at_its_new_time(play: Cast) -> None:
    assembly = await play.convene()
    await play.its_time()
    await play.stage.press_each(play.paula, "Move it")
    moment = play.stage.now // 60 * 60 + 2 * HOUR
    screen = play.stage.last(play.paula)
    play.paula.forge_press(screen, f"cvt:{play.centre.id}:{assembly.id}:{moment}")
    await play.stage.settle()
    await play.stage.press_each(play.paula, "Skip", "Move it")
    await play.stage.move(30)
    assert play.stage.last(play.bruno).words.startswith("Assembly today")
    await play.stage.move(2 * HOUR)
    await play.stage.move(30)
    assert play.told() == []
    assert ASKED in play.stage.last(play.bruno).words


async def test_it_does_not_take_place_and_the_group_hears_it_at_once(play: Cast) -> None:
    assembly = await play.convene()
    await play.its_time()
    asked = play.stage.last(play.paula)
    await play.stage.press(play.paula, asked, "Not today")
    assert asked.words.startswith("Tell the group that there is no assembly today?")
    await play.stage.press(play.paula, asked, "Back")
    assert ASKED in asked.words and asked.labels == ["Open the assembly", "Not today", "Move it"]
    await play.stage.press(play.paula, asked, "Not today")
    await play.stage.press(play.paula, asked, "Tell the group")
    await play.stage.move(30)
    announcement, told = play.stage.said(play.group)
    assert told.words.startswith("There is no assembly today;")
    assert told.labels == ["Out of my calendar"]
    file = await play.stage.open_link(play.anna, told.buttons[0].url or "")
    assert file.file is not None and b"METHOD:CANCEL" in file.file.data
    assert announcement.words.endswith("does not take place.")
    assert play.stage.last(play.bruno).labels == ["Back"]
    await play.stage.move(4 * HOUR)
    assert len(play.told()) == 1
    assert await play.stage.status(assembly) == "cancelled"


async def test_days_later_nothing_is_cancelled_or_told_again(play: Cast) -> None:
    assembly = await play.convene()
    await play.its_time()
    asked = play.stage.last(play.paula)
    await play.stage.move(4 * HOUR)
    press = CancelAssembly(play.centre.id, assembly.id, sure=True)
    play.paula.forge_press(asked, press.encode())
    await play.stage.move(30)
    assert await play.stage.status(assembly) == "convened"
    assert len(play.told()) == 1


async def test_after_a_long_outage_only_the_buttons_go(play: Cast) -> None:
    await play.convene()
    announcement = play.stage.last(play.group)
    await play.stage.move(5 * DAY)
    await play.stage.move(30)
    assert play.asked(play.paula) == []
    assert play.stage.said(play.group) == [announcement]
    assert NOT_HELD in announcement.words and announcement.labels == []


async def test_at_night_the_group_is_told_anew_in_the_morning(play: Cast) -> None:
    await play.convene(10 * HOUR)  # at 22:00
    await play.stage.move(9 * HOUR)
    for row in await play.stage.rows("SELECT ref FROM messages WHERE ref LIKE 'assembly:%'"):
        await play.stage.write(messages.forget, row["ref"])
    await play.stage.move(4 * HOUR)
    await play.stage.move(60)
    assert play.told() == []
    await play.stage.move(10 * HOUR)
    await play.stage.move(30)
    assert len(play.told()) == 1


async def test_a_post_that_nobody_remembers_loses_its_buttons_when_pressed(play: Cast) -> None:
    await play.convene()
    first = await play.stage.say(play.anna, "/assembly", where=play.group)
    [row] = await play.stage.rows("SELECT ref FROM messages WHERE ref LIKE '%:card'")
    await play.stage.write(messages.forget, row["ref"])  # as it was before older ones were retired
    await play.its_time()
    await play.stage.move(3 * HOUR)
    await play.stage.move(30)
    assert I_AM_COMING in first.labels
    await play.stage.press(play.anna, first, I_AM_COMING)
    assert first.labels == [] and NOT_HELD in first.words


async def test_it_is_asked_once_more_after_a_quarter_of_an_hour(play: Cast) -> None:
    await play.convene()
    await play.its_time()
    [first] = play.asked(play.bruno)
    await play.stage.move(15 * 60)
    await play.stage.restart()
    await play.stage.move(30)
    older, newer = play.asked(play.bruno)
    assert older == first and older.labels == []
    assert newer.labels == ["Open the assembly", "Not today", "Move it"]
    await play.stage.move(HOUR)
    assert len(play.asked(play.bruno)) == 2


async def test_back_after_its_time_it_is_asked_for_late_and_once_more(play: Cast) -> None:
    await play.convene()
    await play.stage.move(2 * HOUR)
    await play.stage.restart()
    await play.stage.move(30)
    assert len(play.asked(play.paula)) == 1
    await play.stage.move(15 * 60)
    await play.stage.move(30)
    assert len(play.asked(play.paula)) == 2


async def test_opened_meanwhile_nobody_is_asked_again(play: Cast) -> None:
    await play.convene()
    await play.its_time()
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.stage.move(20 * 60)
    await play.stage.move(30)
    assert play.asked(play.paula) == play.asked(play.bruno) == []


async def test_what_the_question_has_become_is_left_alone(play: Cast) -> None:
    await play.convene()
    await play.its_time()
    await play.stage.press_each(play.bruno, "Move it")
    dialogue = play.stage.last(play.bruno)
    days = dialogue.labels
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.stage.move(30)
    assert dialogue.labels == days, "he may be in the middle of something else by now"


async def test_two_who_open_it_at_once_both_go_through_it(play: Cast) -> None:
    await play.stage.propose(play.centre, play.anna, "A quiet room")
    await play.convene()
    await play.its_time()
    both = play.paula, play.bruno
    presses = [person.press(play.stage.last(person), "Open the assembly") for person in both]
    await play.stage.settle()
    assert all(each.answer is not None for each in presses)
    await play.stage.move(30)
    for person in both:
        assert play.stage.last(person).words.startswith("1 of 1: A quiet room")
        assert "Next" in play.stage.last(person).labels


async def test_one_opens_it_while_another_says_not_today(play: Cast) -> None:
    assembly = await play.convene()
    await play.its_time()
    await play.stage.press_each(play.bruno, "Not today")
    presses = [
        play.paula.press(play.stage.last(play.paula), "Open the assembly"),
        play.bruno.press(play.stage.last(play.bruno), "Tell the group"),
    ]
    for press in presses:
        await press.answered()
    await play.stage.move(30)
    found = await play.stage.read(assemblies.by_id, assembly.id)
    assert found is not None
    told = [each.words for each in play.stage.said(play.group) if "no assembly today" in each.words]
    assert (found.status, len(told)) in (("open", 0), ("cancelled", 1))


async def test_not_today_is_told_once_however_often_it_is_pressed(play: Cast) -> None:
    await play.convene()
    await play.its_time()
    for person in (play.paula, play.bruno):
        await play.stage.press_each(person, "Not today")
    for person in (play.paula, play.bruno, play.paula):
        press = NotToday(play.centre.id, 1, sure=True)
        person.forge_press(play.stage.last(person), press.encode())
    await play.stage.settle()
    await play.stage.move(HOUR)
    assert len(play.told()) == 1


async def test_before_its_time_not_today_does_nothing(play: Cast) -> None:
    assembly = await play.convene()
    hub = await play.stage.say(play.paula, "/facilitate")
    play.paula.forge_press(hub, NotToday(play.centre.id, assembly.id, sure=True).encode())
    await play.stage.settle()
    assert play.stage.last(play.paula).words == "This assembly is not open."
    assert play.told() == []


async def test_its_chair_is_asked_too_and_can_say_so(play: Cast) -> None:
    assembly = await play.convene()
    anna = await play.stage.member_id(play.centre, play.anna)
    await play.stage.write(duties.wish, anna, Duty.CHAIR, on=True)
    assert await play.stage.write(duties.ask, assembly.id, Duty.CHAIR, anna, play.stage.now)
    assert await play.stage.write(duties.accept, assembly.id, Duty.CHAIR, anna)
    await play.its_time()
    [asked] = play.asked(play.anna)
    assert asked.labels == ["Open the assembly", "Not today"]
    await play.stage.press_each(play.anna, "Not today", "Tell the group")
    await play.stage.move(30)
    assert len(play.told()) == 1


async def test_while_another_is_open_its_chair_is_not_asked_what_they_can_not_do(
    play: Cast,
) -> None:
    await play.convene()
    later = await play.stage.convene(play.centre, play.paula, 3 * HOUR)
    anna = await play.stage.member_id(play.centre, play.anna)
    assert await play.stage.write(duties.take, later.id, Duty.CHAIR, anna, play.stage.now)
    await play.stage.write(planning.plan_opening, later, play.centre.zone)
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "Open the assembly")
    await play.stage.move(3 * HOUR)
    await play.stage.move(30)
    assert len(play.asked(play.bruno)) == 1, "who facilitates closes the other one first"
    assert play.asked(play.anna) == []


async def test_a_private_reminder_does_not_go_on_saying_today(play: Cast) -> None:
    await play.convene(4 * HOUR)
    await play.stage.say(play.anna, "/assembly")
    await play.stage.press_each(play.anna, "Remind me here too")
    await play.stage.move(2 * HOUR)
    await play.stage.move(30)
    reminder = play.stage.last(play.anna)
    assert reminder.words.startswith("Assembly today")
    await play.stage.move(2 * HOUR)
    await play.stage.move(30)
    await play.stage.press_each(play.paula, "Not today", "Tell the group")
    await play.stage.move(30)
    assert reminder.words.endswith("does not take place.") and reminder.labels == []
    assert not any("Assembly today" in each.words for each in play.stage.said(play.group))
