"""After an assembly: five sentences about it, in the place of that week's check-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from kit.checkin_steps import DAY, HOUR, OPEN, agreed, at, go_to
from kit.checkin_windows import NOON, Noise, Windows, week
from kit.meeting import Meeting
from kit.stage import Stage

from assembly.questionnaire import PULSE
from bot.clock import MovableClock
from sandbox.people import Person
from storage import answers, own_answers, rounds, schedules, windows

pytestmark = pytest.mark.usefixtures("no_errors")

FIRST = "Our assemblies lately: how true is this for you?"
WEEKLY_FIRST = "How has this week been for you?"
WEDNESDAY, THURSDAY = at("2025-12-10 17:00"), at("2025-12-11 17:00")


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    play = await Meeting.gather(stage)
    await agreed(stage, play.centre, play.anna)
    return play


async def held(play: Meeting, moment: int) -> None:
    """An assembly at this moment, from its convening to its closing."""
    await play.convene(moment - play.stage.now // 60 * 60)
    await go_to(play.stage, moment)
    await play.open()
    await play.press(play.paula, "Close the assembly", "Close it")


def asked(play: Meeting, person: Person, words: str = FIRST) -> int:
    return sum(words in message.words for message in play.stage.said(person))


async def last_pulse(play: Meeting, person: Person) -> dict[str, int]:
    member_id = await play.stage.member_id(play.centre, person)
    key = await play.stage.voci.keys.key(member_id)
    async with play.stage.voci.database.reading() as tx:
        current = await rounds.last(tx, member_id, PULSE)
        assert current is not None
        return await own_answers.given(tx, key, current)


async def test_five_taps_an_hour_after_the_assembly(play: Meeting) -> None:
    stage, anna = play.stage, play.anna
    await held(play, THURSDAY)
    assert asked(play, anna) == 0
    group = len(stage.said(play.group))
    await stage.move(HOUR + 30)
    message = stage.last(anna)
    assert FIRST in message.words and "“I could say what I wanted.”" in message.words
    assert "1 of 5" in message.words and "Not this time" in message.labels
    assert message.labels[:5] == [
        "😞 Not at all true",
        "😕 A little true",
        "😐 Partly true",
        "😌 Mostly true",
        "😊 Completely true",
    ]
    for button in (
        "😊 Completely true",
        "😌 Mostly true",
        "Skip",
        "😊 Completely true",
        "😕 A little true",
    ):
        await stage.press(anna, message, button)
    assert message.words == "Thank you. Only you can see this."
    expected = {"voice": 4, "weight": 3, "respect": answers.SKIPPED, "belonging": 4, "followed": 1}
    assert await last_pulse(play, anna) == expected
    assert len(stage.said(play.group)) == group, "the group hears nothing of it"
    assert asked(play, play.bruno) == 0, "who did not agree to be asked is not asked"
    await stage.move(OPEN)
    assert await last_pulse(play, anna) == expected


async def test_that_week_has_no_other_check_in_and_the_next_one_has(play: Meeting) -> None:
    await play.convene(THURSDAY - play.stage.now // 60 * 60)
    await go_to(play.stage, WEDNESDAY)
    assert asked(play, play.anna, WEEKLY_FIRST) == 0
    await go_to(play.stage, THURSDAY)
    await play.open()
    await play.press(play.paula, "Close the assembly", "Close it")
    await play.stage.move(2 * HOUR)
    assert (asked(play, play.anna), asked(play, play.anna, WEEKLY_FIRST)) == (1, 0)
    await go_to(play.stage, WEDNESDAY + 7 * DAY)
    assert asked(play, play.anna, WEEKLY_FIRST) == 1


async def test_whom_the_weekly_check_in_reached_before_is_asked_no_more_in_that_week(
    play: Meeting,
) -> None:
    await go_to(play.stage, WEDNESDAY - 5 * DAY)
    before = asked(play, play.anna, WEEKLY_FIRST)
    await go_to(play.stage, WEDNESDAY)
    assert asked(play, play.anna, WEEKLY_FIRST) == before + 1
    await held(play, THURSDAY)
    await play.stage.move(2 * HOUR)
    assert asked(play, play.anna) == 0


async def test_the_assemblies_of_the_next_weeks_are_not_followed(play: Meeting) -> None:
    pulses = "SELECT id FROM rounds WHERE questionnaire = 'pulse'"
    for weeks in range(4):
        await held(play, THURSDAY + weeks * 7 * DAY)
        await play.stage.move(2 * HOUR)
        assert len(await play.stage.rows(pulses)) == 1
    await held(play, THURSDAY + 28 * DAY)
    await play.stage.move(2 * HOUR)
    assert len(await play.stage.rows(pulses)) == 2


async def test_after_a_long_downtime_it_is_left_out(play: Meeting) -> None:
    await held(play, THURSDAY)
    play.stage.clock.move(2 * DAY)
    await play.stage.tick()
    assert asked(play, play.anna) == 0
    assert await play.stage.read(schedules.find, "pulse", play.centre.id) is None


async def test_a_restart_sends_no_second_one(play: Meeting) -> None:
    await held(play, THURSDAY)
    await play.stage.move(HOUR + 30)
    await play.stage.restart()
    await play.stage.move(HOUR)
    assert asked(play, play.anna) == 1


async def test_whoever_stops_check_ins_is_not_asked_this_either(play: Meeting) -> None:
    await held(play, THURSDAY)
    await play.stage.move(HOUR + 30)
    message = play.stage.last(play.anna)
    await play.stage.press(play.anna, message, "😊 Completely true")
    await play.stage.say(play.anna, "/me")
    await play.press(play.anna, "When I am asked", "Stop", "Stop")
    [row] = await play.stage.rows("SELECT closed FROM rounds WHERE questionnaire = 'pulse'")
    assert row["closed"] == 1


# --- what is told of it ---


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Windows]:
    bench = await Windows.open(tmp_path, MovableClock(NOON), Noise())
    yield bench
    await bench.close()


async def answered(bench: Windows, count: int, closes_at: int, **faces: int) -> None:
    """So many have answered the pulse of a centre that has its own calendar for it."""
    centre = await bench.centre()
    async with bench.database.transaction() as tx:
        await windows.begin(tx, centre, PULSE)
    enrolled = await bench.members(centre, 12)
    await bench.go_to(week(0))
    async with bench.database.transaction() as tx:
        for member_id in enrolled[:count]:
            key = await bench.keys.key(member_id)
            current = await rounds.begin(tx, member_id, closes_at - OPEN, PULSE)
            assert current is not None
            await answers.keep(tx, key, current.id, faces, PULSE)


async def test_a_window_is_told_about_by_one_sentence_and_its_own_account(bench: Windows) -> None:
    await answered(bench, 12, week(1), voice=4, followed=1)
    await bench.go_to(week(4))
    told = [text for text in await bench.texts() if "assemblies" in text]
    assert [text.split("\n\n")[:2] for text in told] == [
        [
            "<b>How our assemblies are for us, up to 1 February</b>\n"
            "Between 10 and 19 of us answered.",
            "“I could say what I wanted”: about 3.5 of 4, between “Mostly true” and "
            "“Completely true”.",
        ]
    ]
    rows = await bench.rows("SELECT questionnaire, status, charge FROM windows WHERE week = 0")
    assert {(row["questionnaire"], row["status"], row["charge"]) for row in rows} == {
        ("weekly", "released", "2"),
        ("pulse", "released", "2"),
    }


async def test_four_weeks_without_an_assembly_cost_nothing_and_say_nothing(bench: Windows) -> None:
    await answered(bench, 0, week(1))
    await bench.go_to(week(4))
    assert [text for text in await bench.texts() if "assemblies" in text] == []
    [row] = await bench.rows(
        "SELECT status, charge FROM windows WHERE week = 0 AND questionnaire = 'pulse'"
    )
    assert (row["status"], row["charge"]) == ("skipped", "0")


async def test_its_windows_stay_four_weeks_long_however_many_answer(bench: Windows) -> None:
    bench.noise.left = [0, 0, 90, 0]
    await answered(bench, 12, week(1), voice=2)
    await bench.go_to(week(4))
    rows = await bench.rows(
        "SELECT questionnaire, tier FROM windows WHERE week = 4 ORDER BY questionnaire"
    )
    assert ("pulse", "small") in {(row["questionnaire"], row["tier"]) for row in rows}


async def test_who_has_no_key_holds_up_no_other_and_the_log_says_how_many(
    play: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    stage = play.stage
    await agreed(stage, play.centre, play.paula)
    await held(play, THURSDAY)
    await stage.voci.keys.destroy(await stage.member_id(play.centre, play.anna))
    await stage.move(HOUR + 30)
    assert (asked(play, play.anna), asked(play, play.paula)) == (0, 1)
    said = f"centre {play.centre.id}: the pulse of 1 members without a key is skipped"
    assert said in caplog.messages
    caplog.clear()
