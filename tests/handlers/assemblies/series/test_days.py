"""One day is different, and the others stay; a series rests for a while, and goes on."""

from __future__ import annotations

import pytest
from kit.phrases import CANCEL_IT, CHANGE_IT
from kit.regular import Regular, regular
from kit.stage import Stage

from assembly.series import Rhythm

pytestmark = pytest.mark.usefixtures("no_errors")

EVERY_THURSDAY = "Every Thursday at 16:00"


@pytest.fixture
async def play(stage: Stage) -> Regular:
    made = await regular(stage)
    await made.convene_next()
    return made


async def test_a_day_is_moved_and_the_others_stay(play: Regular) -> None:
    days = await play.see(EVERY_THURSDAY, "Change only one day")
    assert days.labels[:2] == ["Thu 4 Dec: convened", "Thu 11 Dec"]
    await play.stage.press_each(play.paula, "Thu 18 Dec", "Another time or place")
    await play.stage.press_each(play.paula, "Fri 12 Dec", "10:00", "Skip", "Move it")
    [moved] = [each for each in await play.all() if each.series_date == "2025-12-18"]
    assert play.stage.speech().moment(moved.starts_at) == "Friday 12 December, 10:00"
    assert moved.sequence == 1 and (await play.now_is()).rhythm == Rhythm(3)
    await play.go_to("2025-12-04 19:01")
    assert await play.days() == "12-04 convened 12-11 convened 12-18 convened"
    days = await play.see(EVERY_THURSDAY, "Change only one day")
    assert days.labels[:3] == ["Thu 11 Dec: convened", "Thu 18 Dec: on Fri 12 Dec", "Thu 25 Dec"]


async def test_a_day_is_cancelled_and_the_next_comes_all_the_same(play: Regular) -> None:
    await play.see(EVERY_THURSDAY, "Change only one day", "Thu 11 Dec", "It does not take place")
    await play.stage.press_each(play.paula, "Cancel the assembly")
    assert len(play.told("The assembly on Thursday 11 December, 16:00 does not take place.")) == 1
    assert await play.days() == "12-04 convened 12-11 cancelled"
    await play.go_to("2025-12-04 19:01")
    assert await play.days() == "12-04 convened 12-11 cancelled 12-18 convened"
    days = await play.see(EVERY_THURSDAY, "Change only one day")
    assert days.labels[0] == "Thu 11 Dec: cancelled"


async def test_the_one_that_is_convened_is_changed_as_any_other(play: Regular) -> None:
    await play.see(
        EVERY_THURSDAY, "Change only one day", "Thu 4 Dec: convened", CHANGE_IT, CANCEL_IT
    )
    await play.stage.press_each(play.paula, "Cancel the assembly")
    assert await play.days() == "12-04 cancelled 12-11 convened"


async def test_a_day_is_looked_at_and_left_as_it_is(play: Regular) -> None:
    await play.see(EVERY_THURSDAY, "Change only one day", "Thu 11 Dec")
    assert await play.days() == "12-04 convened"
    await play.stage.press_each(play.paula, "Back", "Back")
    assert play.stage.last(play.paula).words.startswith(EVERY_THURSDAY)


async def test_a_pause_from_a_day_to_another(play: Regular) -> None:
    await play.see(EVERY_THURSDAY, "When it does not meet", "Another pause")
    first = play.stage.last(play.paula)
    assert first.labels[0] == "Thu 11 Dec", "what is convened is cancelled on its own"
    await play.stage.press_each(play.paula, "Thu 11 Dec")
    screen = await play.stage.press_each(play.paula, "Thu 1 Jan")
    assert "Not from 11 December to 1 January" in screen.words
    assert len(play.told("Not from 11 December to 1 January")) == 1
    await play.go_to("2025-12-04 19:01")
    assert await play.days() == "12-04 convened 01-08 convened"
    await play.see(EVERY_THURSDAY, "When it does not meet", "Meet: 11 Dec – 1 Jan")
    assert (await play.now_is()).pauses == ()
    assert len(play.told("We meet after all: 11 Dec – 1 Jan")) == 1


async def test_every_year_not_in_august(play: Regular) -> None:
    for label, off in (
        ("Every year not in August", frozenset({8})),
        ("Meet in August too", frozenset()),
    ):
        await play.see(EVERY_THURSDAY, "When it does not meet", label)
        assert (await play.now_is()).rhythm == Rhythm(3, months_off=off)
    assert len(play.told("Every year it pauses in August.")) == 1
    assert await play.days() == "12-04 convened"


async def test_it_pauses_and_goes_on(play: Regular) -> None:
    screen = await play.see(EVERY_THURSDAY, "Pause it")
    assert "Let it go on" in screen.labels
    assert len(play.told("the assembly pauses for now.")) == 1
    await play.go_to("2025-12-29 10:00")
    assert await play.days() == "12-04 convened"
    screen = await play.see(EVERY_THURSDAY, "Let it go on")
    assert "The next assembly: Thursday 1 January, 16:00." in screen.words
    assert len(play.told("the assembly goes on, the next time on Thursday 1 January, 16:00.")) == 1
    assert await play.days() == "12-04 convened 01-01 convened"


async def test_it_ends_after_asking_once(play: Regular) -> None:
    asked = await play.see(EVERY_THURSDAY, "End it")
    assert "What is convened already stays as it is." in asked.words
    await play.stage.press_each(play.paula, "Keep it")
    assert (await play.now_is()).status == "running"
    over = await play.see(EVERY_THURSDAY, "End it", "End it")
    assert over.words == "It has ended. Nothing is convened by itself any more."
    assert (await play.now_is()).status == "ended"
    assert len(play.told("we don’t meet regularly any more.")) == 1
    await play.go_to("2025-12-29 10:00")
    assert await play.days() == "12-04 convened"
    hub = await play.see()
    assert EVERY_THURSDAY not in hub.labels


async def test_whoever_is_asked_lets_it_go_on(play: Regular) -> None:
    for day in ("2025-12-04", "2025-12-11", "2025-12-18"):
        await play.go_to(f"{day} 19:01")
    screen = await play.stage.press_each(play.bruno, "It goes on")
    assert screen.words.startswith(EVERY_THURSDAY)
    assert (await play.now_is()).unopened_in_a_row == 0
    assert play.stage.last(play.paula).labels == [], "the others are not asked any more"
    await play.go_to("2025-12-25 19:01")
    assert (await play.now_is()).status == "running"
