"""The next assembly of a series is convened by itself: once, and only the next."""

from __future__ import annotations

from datetime import date

import pytest
from kit.disaster import Disaster
from kit.regular import FIRST_THURSDAYS, THURSDAYS, Regular, regular
from kit.stage import DAY, HOUR, Stage

from assembly.recurrence import resolve
from assembly.series import Pause
from storage import centres, schedules, series
from storage.erasure import erasing

pytestmark = pytest.mark.usefixtures("no_errors")


@pytest.fixture
async def play(stage: Stage) -> Regular:
    return await regular(stage)


async def test_the_first_is_convened_and_told_once(play: Regular) -> None:
    for _ in range(3):
        await play.convene_next()
    assert await play.days() == "12-04 convened"
    [made] = await play.all()
    assert (made.place, made.starts_at) == (
        "Via Roma 12",
        resolve(THURSDAYS.start, play.centre.clock),
    )


async def test_the_next_comes_when_it_closes(play: Regular) -> None:
    await play.convene_next()
    await play.go_to("2025-12-04 16:00")
    await play.open_and_close()
    assert await play.days() == "12-04 closed 12-11 convened"
    await play.stage.move(30)
    assert "Thursday 11 December, 16:00" in " ".join(m.words for m in play.stage.said(play.group))
    await play.stage.restart()
    await play.go_to("2025-12-04 22:00")
    assert await play.days() == "12-04 closed 12-11 convened"


async def test_the_next_comes_although_nobody_closes_it(play: Regular) -> None:
    await play.convene_next()
    await play.go_to("2025-12-04 16:00")
    await play.open_it()
    await play.go_to("2025-12-04 20:00")
    assert await play.days() == "12-04 open"
    await play.go_to("2025-12-05 09:00")
    assert await play.days() == "12-04 open 12-11 convened"
    await play.go_to("2025-12-05 10:00")
    assert await play.days() == "12-04 closed 12-11 convened", "by itself"
    told = [each.words for each in play.stage.said(play.group) if "closed by itself" in each.words]
    assert len(told) == 1 and "The next assembly: Thursday 11 December, 16:00." in told[0]


async def test_the_next_comes_where_nobody_opened_it(play: Regular) -> None:
    await play.convene_next()
    await play.go_to("2025-12-04 19:01")
    assert await play.days() == "12-04 convened 12-11 convened"
    assert (await play.now_is()).unopened_in_a_row == 1


async def test_after_a_downtime_over_several_only_the_next_is_convened(play: Regular) -> None:
    await play.convene_next()
    before = len(play.stage.said(play.group))
    await play.go_to("2025-12-29 10:00")
    assert await play.days() == "12-04 convened 01-01 convened"
    assert (await play.now_is()).unopened_in_a_row == 0, "nobody could open it"
    told = [each.words for each in play.stage.said(play.group)[before:]]
    assert len(told) <= 1


async def test_a_pause_is_passed_over(play: Regular) -> None:
    days = [date(2025, 12, day) for day in (5, 31)]
    await play.stage.write(series.pause_for, play.series, [Pause(*days)])
    await play.convene_next()
    await play.go_to("2025-12-04 19:01")
    assert await play.days() == "12-04 convened 01-01 convened"


async def test_the_hour_stays_when_the_centres_clocks_are_changed(play: Regular) -> None:
    await play.convene_next()
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "The centre")
    await play.stage.forge(
        play.paula, play.stage.last(play.paula), f"ctz:{play.centre.id}:America/New_York:1"
    )
    [made] = await play.all()
    assert play.stage.speech().moment(made.starts_at) == "Thursday 4 December, 22:00"
    assert (await play.now_is()).sequence == 1
    await play.go_to("2025-12-05 09:00")
    made, following = await play.all()
    assert following.starts_at == made.starts_at + 7 * DAY


async def test_three_unopened_ask_and_a_fourth_pauses(play: Regular) -> None:
    await play.convene_next()
    for day in ("2025-12-04", "2025-12-11"):
        await play.go_to(f"{day} 19:01")
    assert asked(play) == 0
    await play.go_to("2025-12-18 19:01")
    assert asked(play) == 1, "each facilitator is asked once"
    assert (await play.days()).endswith("12-25 convened")
    await play.go_to("2025-12-25 19:01")
    assert (await play.now_is()).status == "paused"
    assert (await play.days()).endswith("12-25 convened"), "no further one"
    [told] = play.told("the assembly pauses, because nobody opened it four times in a row")
    assert told.words.startswith("Every Thursday at 16:00: ")
    assert play.stage.last(play.bruno).labels != ["It goes on", "Pause it", "End it"]
    await play.go_to("2026-01-20 12:00")
    assert (await play.days()).count(" ") == 7


def asked(play: Regular) -> int:
    words = "Nobody has opened this assembly three times in a row."
    counts = {
        len([each for each in play.stage.said(person) if words in each.words])
        for person in (play.paula, play.bruno)
    }
    [count] = counts
    return count


async def test_whoever_opens_one_begins_to_count_anew(play: Regular) -> None:
    await play.convene_next()
    for day in ("2025-12-04", "2025-12-11", "2025-12-18"):
        await play.go_to(f"{day} 19:01")
    assert asked(play) == 1
    await play.go_to("2025-12-25 16:00")
    await play.open_and_close()
    assert (await play.now_is()).unopened_in_a_row == 0
    assert [
        each.labels for each in play.stage.said(play.bruno) if "Shall it go on" in each.words
    ] == [[]]


async def test_what_is_not_for_the_night_waits_for_the_morning(play: Regular) -> None:
    await play.convene_next()
    await play.go_to("2025-12-04 16:00")
    await play.open_it()
    await play.go_to("2025-12-05 03:00")
    assert await play.days() == "12-04 open"
    await play.go_to("2025-12-05 09:00")
    assert await play.days() == "12-04 open 12-11 convened"


async def test_a_monthly_one_is_announced_for_the_month_after(stage: Stage) -> None:
    play = await regular(stage, FIRST_THURSDAYS)
    await play.convene_next()
    await play.go_to("2025-12-04 16:00")
    await play.open_and_close()
    await play.stage.move(30)
    assert await play.days() == "12-04 closed 01-01 convened"
    assert len(play.told("Assembly on Thursday 1 January, 16:00")) == 1


async def test_a_restored_backup_tells_nothing_a_second_time(disaster: Disaster) -> None:
    play = await regular(disaster.stage, FIRST_THURSDAYS)
    await play.convene_next()
    await disaster.back_up()
    await play.go_to("2025-12-04 16:00")
    await play.open_and_close()
    await play.stage.move(30)
    assert len(play.told("Assembly on Thursday 1 January, 16:00")) == 1
    await disaster.strike()
    await play.go_to("2025-12-06 12:00")
    assert await play.days() == "12-04 convened 01-01 convened"
    await play.stage.move(HOUR)
    assert len(play.told("Assembly on Thursday 1 January, 16:00")) == 1
    assert await play.stage.read(schedules.find, series.SCHEDULE, play.series.id) is not None


async def test_an_ended_series_stays_ended_after_a_restore(disaster: Disaster) -> None:
    play = await regular(disaster.stage)
    await play.convene_next()
    await disaster.back_up()
    await play.see("Every Thursday at 16:00", "End it", "End it")
    await play.stage.move(30)
    await disaster.strike()
    assert (await play.now_is()).status == "ended"
    await play.go_to("2025-12-20 12:00")
    assert await play.days() == "12-04 convened"


async def test_not_today_is_no_reason_to_stop(play: Regular) -> None:
    await play.convene_next()
    await play.go_to("2025-12-04 16:01")
    await play.stage.press_each(play.bruno, "Not today", "Tell the group")
    assert await play.days() == "12-04 cancelled 12-11 convened"
    assert (await play.now_is()).unopened_in_a_row == 0, "somebody was there"


async def test_it_goes_on_in_the_centres_new_group(stage: Stage) -> None:
    play = await regular(stage, FIRST_THURSDAYS)
    await play.convene_next()
    new = stage.operator.create_group("Aurora, new", kind="supergroup")
    stage.operator.add(new, stage.bot)
    await stage.settle()
    await stage.write(centres.move_to, play.centre.id, new.id, None)
    await play.go_to("2025-12-04 16:00")
    await play.open_and_close()
    await stage.move(30)
    assert [each for each in stage.said(new) if "Thursday 1 January, 16:00" in each.words]
    assert play.told("Thursday 1 January") == []


async def test_with_nobody_left_to_facilitate_it_pauses_by_itself(play: Regular) -> None:
    await play.convene_next()
    for person in (play.paula, play.bruno):
        member = await play.stage.member_of(play.centre, person)
        await play.stage.write(erasing.erase, play.stage.voci.keys, member, play.stage.now)
    for day in ("2025-12-04", "2025-12-11", "2025-12-18", "2025-12-25"):
        await play.go_to(f"{day} 19:01")
    assert (await play.now_is()).status == "paused"
    assert len(play.told("nobody opened it four times in a row")) == 1


async def test_each_assembly_takes_as_long_as_the_series_says(play: Regular) -> None:
    await play.convene_next()
    assert [each.length_minutes for each in await play.all()] == [90]
