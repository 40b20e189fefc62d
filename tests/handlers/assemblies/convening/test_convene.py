from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from kit.phrases import (
    ANNOUNCE,
    ASK_TO_JOIN,
    CANCEL_IT,
    CHANGE_IT,
    FACILITATORS_ONLY,
    I_AM_COMING,
    INTO_CALENDAR,
    OUT_OF_CALENDAR,
)
from kit.stage import Stage

from assembly.recurrence import resolve
from handlers.assemblies.convening_presses import (
    Announce,
    CancelAssembly,
    Convene,
    PickDay,
    PickPlace,
    PickTime,
)
from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, attendances, drafts, facilitators, members, schedules
from storage.assemblies import Assembly
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")

DAY = 24 * 3600


@dataclass
class Cast:
    stage: Stage
    centre: Centre
    group: Group
    paula: Person  # facilitates
    anna: Person

    async def upcoming(self) -> list[Assembly]:
        return await self.stage.read(assemblies.upcoming, self.centre.id, self.stage.now)

    async def planned(self, assembly: Assembly) -> dict[str, int | None]:
        kinds = ["freeze", "reminder-7d", "reminder-24h", "reminder-2h"]
        async with self.stage.voci.database.reading() as tx:
            found = {
                kind: await schedules.find(tx, f"assembly-{kind}", assembly.id) for kind in kinds
            }
        return {kind: row.next_at for kind, row in found.items() if row is not None}

    async def hub(self) -> Message:
        return await self.stage.say(self.paula, "/facilitate")

    async def press(self, *buttons: str | int) -> Message:
        """Paula presses one button after the other on her newest message."""
        return await self.stage.press_each(self.paula, *buttons)

    async def convene(self, day: str = "Mon 15 Dec", hour: str = "16:00") -> Assembly:
        await self.hub()
        await self.press("Convene an assembly", day, hour)
        await self.stage.say(self.paula, "Via Roma 12")
        await self.press(ANNOUNCE)
        return (await self.upcoming())[-1]


@pytest.fixture
async def play(stage: Stage) -> Cast:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    return Cast(stage, centre, group, paula, anna)


def at(play: Cast, text: str) -> int:
    return resolve(datetime.fromisoformat(text), play.stage.speech().zone)


async def test_an_assembly_is_convened_by_buttons_and_announced(play: Cast) -> None:
    hub = await play.hub()
    assert "No assembly is convened." in hub.words
    days = await play.press("Convene an assembly")
    assert days.labels[:2] == ["Wed 3 Dec", "Wed 10 Dec"]
    assert "Earlier" not in days.labels and "Later" in days.labels
    hours = await play.press("Mon 15 Dec")
    assert {"09:00", "16:30", "20:30"} <= set(hours.labels)
    place = await play.press("16:00")
    assert place.labels == ["Skip", "Back"], "there is no last time yet"
    preview = await play.stage.say(play.paula, "Via Roma 12")
    assert "Monday 15 December, 16:00" in preview.words and "Via Roma 12" in preview.words
    assert play.stage.said(play.group) == [], "nothing is out before the last button"
    done = await play.press(ANNOUNCE)
    assert "The group is told" in done.words

    [assembly] = await play.upcoming()
    assert (assembly.starts_at, assembly.place) == (at(play, "2025-12-15 16:00"), "Via Roma 12")
    post = play.stage.last(play.group)
    assert "Assembly on Monday 15 December, 16:00" in post.words and "Via Roma 12" in post.words
    assert post.labels[:3] == [I_AM_COMING, "Maybe", "I can’t"]
    assert post.labels[3:] == ["The list", ASK_TO_JOIN, INTO_CALENDAR]
    assert await play.planned(assembly) == {
        "freeze": at(play, "2025-12-08 16:00"),
        "reminder-7d": at(play, "2025-12-08 16:00"),
        "reminder-24h": at(play, "2025-12-14 16:00"),
        "reminder-2h": at(play, "2025-12-15 14:00"),
    }
    assert await play.stage.read(drafts.find, play.paula.id) is None


async def test_days_are_paged_week_by_week(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly")
    later = await play.press("Later")
    assert later.labels[:2] == ["Wed 10 Dec", "Wed 17 Dec"]
    assert (await play.press("Earlier")).labels[0] == "Wed 3 Dec"


async def test_a_day_can_be_typed(play: Cast) -> None:
    await play.hub()
    days = await play.press("Convene an assembly")
    assert "Choose, or write it" in days.words
    assert "I can’t read a day in that." in (await play.stage.say(play.paula, "soon")).words
    hours = await play.stage.say(play.paula, "next Monday")
    assert "Mon 8 Dec: at what time?" in hours.words
    asked = await play.stage.say(play.paula, "4pm")
    assert "Monday 8 December, 16:00. Where does it meet?" in asked.words


async def test_a_day_that_is_too_far_away_is_refused(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly")
    assert "at most a year ahead" in (await play.stage.say(play.paula, "1.1.2031")).words


async def test_asking_for_a_day_throws_nothing_away(play: Cast) -> None:
    await play.stage.say(play.paula, "/propose A garden in the yard")
    await play.hub()
    asked = await play.press("Convene an assembly")
    assert "A garden in the yard" in asked.words
    resumed = await play.stage.say(play.paula, "/propose")
    assert "You were writing: A garden in the yard" in resumed.words


async def test_whoever_turns_back_from_the_days_is_not_asked_any_more(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Back")
    said = await play.stage.say(play.paula, "I can't go on")
    assert "Nobody reads this here" in said.words


async def test_any_hour_can_be_typed(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Mon 15 Dec")
    told = await play.stage.say(play.paula, "in the afternoon")
    assert "I can’t read a time in that." in told.words
    asked = await play.stage.say(play.paula, "16:45")
    assert "Monday 15 December, 16:45. Where does it meet?" in asked.words


async def test_today_only_hours_to_come_are_offered(play: Cast) -> None:
    await play.hub()
    hours = await play.press("Convene an assembly", "Wed 3 Dec")
    assert hours.labels[0] == "13:30", "it is one o'clock in Rome"
    passed = await play.stage.say(play.paula, "10:00")
    assert "a time to come" in passed.words
    assert await play.upcoming() == []


async def test_the_place_can_be_left_open_or_be_the_same(play: Cast) -> None:
    await play.convene()
    await play.hub()
    offered = await play.press("Convene an assembly", "Tue 16 Dec", "10:00")
    assert "Last time: Via Roma 12" in offered.words
    preview = await play.press("Same as last time")
    assert "Via Roma 12" in preview.words
    await play.press(CHANGE_IT, "Tue 16 Dec", "10:00", "Skip", ANNOUNCE)
    assert [each.place for each in await play.upcoming()] == ["Via Roma 12", None]


async def test_what_is_typed_as_a_place_is_cleaned_measured_and_escaped(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Mon 15 Dec", "16:00")
    assert "up to 200 fit" in (await play.stage.say(play.paula, "x" * 201)).words
    assert "nothing in it that can be read" in (await play.stage.say(play.paula, "\u200b")).words
    await play.stage.say(play.paula, "\u202e<b>Bar & Caffè</b>\x00")
    await play.press(ANNOUNCE)
    assert (await play.upcoming())[0].place == "<b>Bar & Caffè</b>"
    assert "<b>Bar & Caffè</b>" in play.stage.last(play.group).words


async def test_a_half_convened_assembly_survives_a_restart(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Mon 15 Dec", "16:00")
    await play.stage.restart()
    await play.stage.say(play.paula, "Via Roma 12")
    await play.press(ANNOUNCE)
    assert [each.place for each in await play.upcoming()] == ["Via Roma 12"]


async def test_two_around_the_same_time_are_warned_about(play: Cast) -> None:
    await play.convene()
    await play.hub()
    await play.press("Convene an assembly", "Mon 15 Dec", "17:30")
    preview = await play.press("Skip")
    assert "Another assembly is convened around that time." in preview.words
    await play.press(ANNOUNCE)
    assert len(await play.upcoming()) == 2, "a warning, no more"


async def test_leaving_announces_nothing(play: Cast) -> None:
    await play.hub()
    hub = await play.press("Convene an assembly", "Mon 15 Dec", "16:00", "Skip", "Leave it")
    assert "No assembly is convened." in hub.words
    assert play.stage.said(play.group) == []
    said = await play.stage.say(play.paula, "Via Roma 12")
    assert "Nobody reads this here" in said.words


async def test_convened_within_a_day_the_agenda_is_fixed_at_once(play: Cast) -> None:
    assembly = await play.convene("Thu 4 Dec", "10:00")
    assert assembly.frozen_at is not None
    assert await play.planned(assembly) == {"reminder-2h": at(play, "2025-12-04 08:00")}
    assert "Assembly tomorrow, Thursday 4 December, 10:00" in play.stage.last(play.group).words


async def test_an_older_preview_announces_nothing(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Mon 15 Dec", "16:00", "Skip")
    preview = play.stage.last(play.paula)
    await play.hub()
    await play.press("Convene an assembly", "Tue 16 Dec", "16:00", "Skip")
    starts_at = at(play, "2025-12-15 16:00")
    press = play.paula.forge_press(preview, Announce(play.centre.id, starts_at).encode())
    assert "older message" in (await press.answered()).text
    await play.stage.settle()
    assert await play.upcoming() == []


async def test_pressed_twice_it_is_announced_once(play: Cast) -> None:
    await play.hub()
    preview = await play.press("Convene an assembly", "Mon 15 Dec", "16:00", "Skip")
    presses = [play.paula.press(preview, ANNOUNCE) for _ in range(3)]
    for press in presses:
        await press.answered()
    await play.stage.settle()
    assert len(await play.upcoming()) == 1
    assert len(play.stage.said(play.group)) == 1


async def test_a_preview_whose_time_has_passed_announces_nothing(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Wed 3 Dec", "14:00", "Skip")
    await play.stage.move(3600)
    assert "a time to come" in (await play.press(ANNOUNCE)).words
    assert await play.upcoming() == []


async def test_moving_tells_the_group_and_asks_anew(play: Cast) -> None:
    assembly = await play.convene()
    await play.stage.press(play.anna, play.stage.last(play.group), I_AM_COMING)
    await play.hub()
    await play.press("Change Mon 15 Dec", "Another time or place", "Tue 16 Dec", "10:00")
    preview = await play.press("Same as last time")
    assert "Until now: Monday 15 December, 16:00." in preview.words
    assert "asked anew" in preview.words
    await play.press("Move it")
    await play.stage.move(30)

    [moved] = await play.upcoming()
    assert (moved.id, moved.starts_at) == (assembly.id, at(play, "2025-12-16 10:00"))
    first, second = play.stage.said(play.group)
    assert "Tuesday 16 December, 10:00" in first.words, "the announcement is brought up to date"
    assert "The time is new" in second.words
    assert "is coming" not in first.words, "who came then may not come now"
    assert await play.planned(moved) == {
        "freeze": at(play, "2025-12-09 10:00"),
        "reminder-7d": at(play, "2025-12-09 10:00"),
        "reminder-24h": at(play, "2025-12-15 10:00"),
        "reminder-2h": at(play, "2025-12-16 08:00"),
    }
    assert await play.stage.read(attendances.coming, assembly.id) == 0


async def test_another_place_keeps_time_answers_and_reminders(play: Cast) -> None:
    assembly = await play.convene()
    await play.stage.press(play.anna, play.stage.last(play.group), I_AM_COMING)
    before = await play.planned(assembly)
    await play.hub()
    await play.press("Change Mon 15 Dec", "Another time or place", "The time stays, another place")
    await play.stage.say(play.paula, "The park")
    await play.press("Change the place")
    [changed] = await play.upcoming()
    assert (changed.starts_at, changed.place) == (assembly.starts_at, "The park")
    assert "The place is new." in play.stage.last(play.group).words
    assert "One person is coming." in play.stage.last(play.group).words
    assert await play.planned(changed) == before


async def test_moving_to_and_fro_tells_each_time(play: Cast) -> None:
    await play.convene()
    for day, label in (("Tue 16 Dec", "Mon 15 Dec"), ("Mon 15 Dec", "Tue 16 Dec")) * 2:
        await play.hub()
        await play.press(f"Change {label}", "Another time or place", day, "16:00", "Skip")
        await play.press("Move it")
        await play.stage.move(60)
    assert len(play.stage.said(play.group)) == 5


async def test_moved_to_a_later_day_a_frozen_agenda_is_open_again(play: Cast) -> None:
    assembly = await play.convene("Thu 4 Dec", "10:00")
    assert assembly.frozen_at is not None
    await play.hub()
    await play.press("Change Thu 4 Dec", "Another time or place", "Mon 15 Dec", "16:00", "Skip")
    await play.press("Move it")
    [moved] = await play.upcoming()
    assert moved.frozen_at is None
    assert "freeze" in await play.planned(moved)


async def test_cancelling_asks_once_tells_the_group_and_ends_the_reminders(play: Cast) -> None:
    assembly = await play.convene()
    await play.hub()
    asked = await play.press("Change Mon 15 Dec", CANCEL_IT)
    assert "Cancel the assembly on Monday 15 December, 16:00?" in asked.words
    await play.press("Keep it")
    assert len(await play.upcoming()) == 1
    await play.press(CANCEL_IT, "Cancel the assembly")
    await play.stage.move(30)
    assert await play.upcoming() == []
    assert await play.planned(assembly) == {}
    for message in play.stage.said(play.group):
        assert "does not take place" in message.words
        assert message.labels in ([], [OUT_OF_CALENDAR])


async def test_what_is_cancelled_can_be_neither_moved_nor_announced(play: Cast) -> None:
    assembly = await play.convene()
    await play.hub()
    await play.press("Change Mon 15 Dec", "Another time or place", "Tue 16 Dec", "10:00")
    await play.stage.write(assemblies.cancel, play.centre.id, assembly.id)
    assert "does not take place" in (await play.press("Skip")).words
    again = Convene(play.centre.id, assembly.id, 0).encode()
    play.paula.forge_press(play.stage.last(play.paula), again)
    await play.stage.settle()
    assert "does not take place" in play.stage.last(play.paula).words


async def test_in_the_group_facilitate_only_points_to_the_private_chat(play: Cast) -> None:
    message = await play.stage.say(play.paula, "/facilitate", play.group)
    assert message.labels == ["Open it"]
    [button] = message.buttons
    assert button.url is not None
    hub = await play.stage.open_link(play.paula, button.url)
    assert "For facilitators of Centro Aurora" in hub.words
    refused = await play.stage.open_link(play.anna, button.url)
    assert FACILITATORS_ONLY in refused.words


async def test_the_hub_is_for_facilitators(play: Cast) -> None:
    told = await play.stage.say(play.anna, "/facilitate")
    assert FACILITATORS_ONLY in told.words


FORGED = [
    Convene(1, 0, 0),
    PickDay(1, 0, 739600),
    PickTime(1, 0, 1_766_000_400),
    PickPlace(1, same=False),
    Announce(1, 1_766_000_400),
    CancelAssembly(1, 1, sure=True),
]


@pytest.mark.parametrize("forged", FORGED, ids=lambda press: press.tag)
async def test_forged_presses_change_nothing(play: Cast, forged: object) -> None:
    assembly = await play.convene()
    other, group = await play.stage.centre("Casa Blu")
    stranger = await play.stage.member(other, group, "Zoe", facilitator=True)
    outsider = play.stage.world.person("Otto", language_code="en")
    post, card = play.stage.last(play.group), play.stage.last(play.paula)
    data = forged.encode()  # type: ignore[attr-defined]
    for person, message in (
        (play.anna, card),  # a member without the duty
        (stranger, post),  # a facilitator of another centre
        (outsider, post),  # nobody's member
        (play.paula, post),  # a facilitator, but in the group
    ):
        answer = await person.forge_press(message, data).answered()
        assert answer.show_alert and answer.text
    await play.stage.settle()
    assert await play.upcoming() == [assembly]
    assert len(play.stage.said(play.group)) == 1


@pytest.mark.parametrize(
    "data",
    ["cvd:1:0:-5", "cvd:1:0:999999999999999999", "cvt:1:0:0", "cvt:1:0:999999999999999999"],
)
async def test_days_and_hours_that_were_not_offered_are_refused(play: Cast, data: str) -> None:
    hub = await play.hub()
    play.paula.forge_press(hub, data)
    await play.stage.settle()
    assert "a time to come" in play.stage.last(play.paula).words


async def test_an_assembly_of_another_centre_can_not_be_touched(play: Cast) -> None:
    assembly = await play.convene()
    other, group = await play.stage.centre("Casa Blu")
    zoe = await play.stage.member(other, group, "Zoe", facilitator=True)
    hub = await play.stage.say(zoe, "/facilitate")
    for data in (
        CancelAssembly(other.id, assembly.id, sure=True).encode(),
        Convene(other.id, assembly.id, 0).encode(),
        PickTime(other.id, assembly.id, assembly.starts_at + DAY).encode(),
    ):
        zoe.forge_press(hub, data)
        await play.stage.settle()
    await play.stage.press_each(zoe, "Skip")
    assert await play.upcoming() == [assembly]
    assert "Casa Blu" in play.stage.last(zoe).words


async def test_somebody_who_lost_the_duty_on_the_way_convenes_nothing(play: Cast) -> None:
    await play.hub()
    await play.press("Convene an assembly", "Mon 15 Dec", "16:00")
    async with play.stage.voci.database.transaction() as tx:
        paula = await members.find(tx, play.centre.id, play.paula.id)
        assert paula is not None
        await facilitators.end(tx, paula.id)
    await play.stage.say(play.paula, "Via Roma 12")
    assert await play.stage.read(drafts.find, play.paula.id) is None
    assert await play.upcoming() == []
