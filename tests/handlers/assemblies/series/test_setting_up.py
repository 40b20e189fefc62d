"""A series is set up in at most four presses, and changed part by part."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from kit.phrases import ANNOUNCE
from kit.regular import regular
from kit.stage import DAY, Stage

from assembly.recurrence import resolve
from assembly.series import Rhythm
from handlers.assemblies.series.presses import SetSeries
from sandbox.people import Person
from storage import assemblies, drafts, series
from storage.centres import Centre
from storage.series import Series

pytestmark = pytest.mark.usefixtures("no_errors")

EVERY_THURSDAY = "Every Thursday at 16:00"


async def met_on_thursdays(stage: Stage, centre: Centre, paula: Person) -> None:
    """Two assemblies so far, a week apart, on Thursdays at 16:00."""
    thursday = resolve(datetime.fromisoformat("2025-11-27 16:00"), centre.clock)
    for weeks in (1, 0):
        ahead = thursday - weeks * 7 * DAY - stage.now
        await stage.convene(centre, paula, ahead, place="Via Roma 12")


async def only(stage: Stage, centre: Centre) -> Series:
    [found] = await stage.read(series.of_centre, centre.id)
    return found


async def test_every_thursday_in_three_presses_as_so_far(stage: Stage) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    await met_on_thursdays(stage, centre, paula)
    await stage.say(paula, "/facilitate")
    pressed = ("Meet regularly", EVERY_THURSDAY, ANNOUNCE)
    assert len(pressed) <= 4
    preview = await stage.press_each(paula, *pressed[:2])
    assert "The first time: Thursday 4 December, 16:00." in preview.words
    assert "Via Roma 12" in preview.words and stage.said(group) == []
    done = await stage.press_each(paula, *pressed[2:])
    assert "The next assembly: Thursday 4 December, 16:00." in done.words
    [told] = stage.said(group)
    assert told.words == (
        "From now on we meet regularly:\nEvery Thursday at 16:00\nVia Roma 12\n"
        "The first time: Thursday 4 December, 16:00."
    )
    made = await only(stage, centre)
    assert (made.rhythm, made.place, made.length_minutes) == (Rhythm(3), "Via Roma 12", 90)
    [assembly] = await stage.read(assemblies.of_series, made.id)
    assert assembly.status == "convened"


async def test_a_centre_that_has_not_met_says_when_in_four_presses(stage: Stage) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    await stage.say(paula, "/facilitate")
    pressed = ("Meet regularly", "Tuesday", "16:30", ANNOUNCE)
    assert len(pressed) <= 4
    await stage.press_each(paula, *pressed)
    made = await only(stage, centre)
    assert (made.rhythm, f"{made.start:%d.%m. %H:%M}") == (Rhythm(1), "09.12. 16:30")
    assert stage.last(paula).words.startswith("Every Tuesday at 16:30")


async def test_all_parts_can_be_chosen_otherwise(stage: Stage) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Meet regularly", "Friday", "10:00")
    await stage.press_each(paula, "How often", "Every 2 weeks, Friday 10:00")
    preview = await stage.press_each(paula, "Begin in another week")
    assert "The first time: Friday 12 December, 10:00." in preview.words
    await stage.press_each(paula, "How long", "120 minutes", "Where")
    assert "up to 200 fit" in (await stage.say(paula, "x" * 201)).words
    await stage.say(paula, "Löwengasse 7")
    await stage.press_each(paula, "Hour")
    assert "I can’t read a time" in (await stage.say(paula, "noon")).words
    preview = await stage.say(paula, "16:45")
    assert "Löwengasse 7" in preview.words, "what was typed before is kept"
    await stage.restart()
    await stage.press_each(paula, "Day", "Sunday", "How often")
    preview = await stage.press_each(paula, "Last Sunday of the month, 16:45", ANNOUNCE)
    made = await only(stage, centre)
    assert (made.rhythm, made.place, made.length_minutes) == (
        Rhythm(6, nth=-1),
        "Löwengasse 7",
        120,
    )
    assert f"{made.start:%d.%m. %H:%M}" == "28.12. 16:45"
    assert await stage.read(drafts.find, paula.id) is None


async def test_a_place_that_was_typed_is_not_let_go_in_silence(stage: Stage) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Meet regularly", "Friday", "10:00", "Where")
    await stage.say(paula, "Löwengasse 7")
    asked = await stage.say(paula, "/propose A garden")
    assert "Löwengasse 7" in asked.words


async def test_what_is_convened_by_hand_already_is_the_first(stage: Stage) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    thursday = resolve(datetime.fromisoformat("2025-12-04 16:00"), centre.clock)
    by_hand = await stage.convene(centre, paula, thursday - stage.now, place="Via Roma 12")
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Meet regularly", EVERY_THURSDAY, ANNOUNCE)
    held = await stage.read(assemblies.of_series, (await only(stage, centre)).id)
    assert [each.id for each in held] == [by_hand.id]
    assert len(await stage.read(assemblies.upcoming, centre.id, stage.now)) == 1


async def test_two_facilitators_at_once_set_up_one(stage: Stage) -> None:
    centre, group = await stage.centre()
    people = [
        await stage.member(centre, group, name, facilitator=True) for name in ("Paula", "Bruno")
    ]
    for person in people:
        await stage.say(person, "/facilitate")
        await stage.press_each(person, "Meet regularly", "Friday", "10:00")
    await asyncio.gather(
        *(person.press(stage.last(person), ANNOUNCE).answered() for person in people)
    )
    await stage.settle()
    await only(stage, centre)
    assert len(stage.said(group)) == 1
    for person in people:
        assert stage.last(person).words.startswith("Every Friday at 10:00")


async def test_nobody_meets_twice_at_the_same_time(stage: Stage) -> None:
    centre, group = await stage.centre()
    paula = await stage.member(centre, group, "Paula", "professional", facilitator=True)
    await met_on_thursdays(stage, centre, paula)
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Meet regularly", EVERY_THURSDAY, ANNOUNCE)
    said = len(stage.said(group))
    await stage.move(8 * DAY)  # another first time than the series has
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Another series")
    press = await stage.press(paula, stage.last(paula), EVERY_THURSDAY)
    assert press.answer is not None and press.answer.text == "You meet at that time already."
    assert "The next assembly" in stage.last(paula).words
    forged = SetSeries(centre.id, 0, 0, "3w1", 16 * 60, 90, 0)
    await stage.forge(paula, stage.last(paula), forged.encode())
    await only(stage, centre)
    assert not [each for each in stage.said(group)[said:] if "we meet regularly" in each.words]


async def test_a_change_holds_from_the_next_one_on(stage: Stage) -> None:
    play = await regular(stage)
    await play.convene_next()
    await play.see("Every Thursday at 16:00", "Change it", "Day", "Friday")
    preview = stage.last(play.paula)
    assert "The first time: Friday 12 December, 16:00." in preview.words
    assert "What is convened already stays as it is." in preview.words
    await stage.press_each(play.paula, "Announce the change")
    assert await play.days() == "12-04 convened", "one at a time"
    assert len(play.told("From Friday 12 December on we meet like this:")) == 1
    await play.go_to("2025-12-04 16:00")
    await play.open_and_close()
    assert await play.days() == "12-04 closed 12-12 convened"


async def test_of_two_who_change_it_one_is_told_that_it_is_done(stage: Stage) -> None:
    play = await regular(stage)
    await play.convene_next()
    changes = SetSeries(play.centre.id, play.series.id, 0, "3w1", 17 * 60, 90, 0)
    hub = await play.see()
    await stage.forge(play.paula, hub, changes.encode())
    other = await stage.say(play.bruno, "/facilitate")
    late = SetSeries(play.centre.id, play.series.id, 0, "3w2", 16 * 60, 90, 0)
    press = await stage.forge(play.bruno, other, late.encode())
    assert press.answer is not None and "meanwhile" in (press.answer.text or "")
    assert stage.last(play.bruno).words.startswith("Every Thursday at 17:00")
    assert (await play.now_is()).sequence == 1


async def test_long_names_and_places_fit(stage: Stage) -> None:
    centre, group = await stage.centre("C" * 100)
    paula = await stage.member(centre, group, "P" * 40, "professional", facilitator=True)
    await stage.say(paula, "/facilitate")
    await stage.press_each(paula, "Meet regularly", "Friday", "10:00", "Where")
    await stage.say(paula, "&" * 200)
    await stage.press_each(paula, ANNOUNCE)
    assert "&" * 200 in stage.last(group).words


async def test_what_was_made_up_changes_nothing(stage: Stage) -> None:
    play = await regular(stage)
    hub = await play.see()
    for data in (
        f"srp:{play.centre.id}:{play.series.id}:9w1:60:90:0",
        f"srs:{play.centre.id}:{play.series.id}:0:3w1:9999:90:0",
        f"srs:{play.centre.id}:{play.series.id + 1}:0:3w1:60:90:0",
        f"srq:{play.centre.id}:{play.series.id}:x:60:90:d",
        f"srn:{play.centre.id}:{play.series.id}:x:60:90",
        f"srt:{play.centre.id}:{play.series.id}:0:5:1",
        f"srt:{play.centre.id}:{play.series.id}:739600:3000000:1",
        f"srm:{play.centre.id}:{play.series.id}:13:1",
        f"sry:{play.centre.id}:{play.series.id}:1",
        f"src:{play.centre.id}:{play.series.id}:999999999:0",
    ):
        await stage.forge(play.paula, hub, data)
    far = f"srf:{play.centre.id}:{play.series.id}:3000000:0"
    await stage.forge(play.paula, hub, far)
    assert "From which day on" in stage.last(play.paula).words, "what lies too far is not asked"
    assert await play.now_is() == play.series
    assert await play.days() == "" and stage.said(play.group) == []


def test_the_buttons_fit_with_the_largest_ids() -> None:
    largest = SetSeries(10**12, 10**12, 999, "3m-1abcdefghijk", 1439, 180, 3)
    assert len(largest.encode()) <= 64
