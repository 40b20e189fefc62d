"""How many messages of the bot a whole ordinary assembly leaves in the group: counted, and read."""

from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.phrases import CLOSE_NOW, HOW_WAS_COUNTED, PUT_TO_EVERYBODY
from kit.regular import regular
from kit.stage import DAY, HOUR, MINUTE, Stage

from sandbox.chats import Message
from storage import assemblies
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

WEEK = 7 * DAY
MOST = 6
TALKED = "Talked about"
POINTS = "Shall we open on Saturdays?", "A trip in spring", "More plants"


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def two_decisions(play: Meeting, assembly: Assembly) -> tuple[Message, Message]:
    """From the week before until it is closed: one question waits for its time, one is closed."""
    await play.propose(*POINTS)
    for before in (WEEK, DAY, 13 * HOUR, 2 * HOUR, 0):
        await play.stage.move(max(0, assembly.starts_at - before - play.stage.now))
        await play.stage.move(MINUTE)
    await play.open()
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    first = play.stage.last(play.group)
    await play.stage.press(play.anna, first, "Yes")
    await play.stage.move(11 * MINUTE)
    await play.hub("Go on with the assembly", "Next")
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    second = play.stage.last(play.group)
    for person in (play.anna, play.paula):
        await play.stage.press(person, second, "Yes")
    await play.press(play.paula, CLOSE_NOW, CLOSE_NOW)
    await play.stage.move(MINUTE)
    await play.hub("Go on with the assembly", "Next", TALKED)
    await play.press(play.paula, "Close the assembly", "Close it")
    await play.stage.move(DAY)
    return first, second


async def weekly(play: Meeting) -> Assembly:
    """Convened by hand, a week before the next one."""
    await play.stage.convene(play.centre, play.paula, 2 * WEEK)
    await play.convene(WEEK)
    return (await play.stage.read(assemblies.upcoming, play.centre.id, play.stage.now))[0]


def _heading(message: Message) -> str:
    return message.words.partition("\n")[0]


def left_standing(play: Meeting) -> list[Message]:
    return [each for each in play.stage.said(play.group) if not each.deleted]


async def test_in_a_weekly_rhythm_at_most_six_messages_are_left(play: Meeting) -> None:
    assembly = await weekly(play)
    first, second = await two_decisions(play, assembly)
    said = left_standing(play)
    print(f"left in the group by a weekly assembly with two decisions: {len(said)}")  # noqa: T201
    assert len(said) <= MOST
    one, *questions, summary = said
    assert one.words.endswith("is over.") and one.labels == []
    assert questions == [first, second]
    for question in questions:
        assert "Carried." in question.words
        assert HOW_WAS_COUNTED in question.labels and "Yes" not in question.labels
    assert summary.words.startswith("What we decided on ")


async def test_of_a_series_too_until_its_minutes_are_out(stage: Stage) -> None:
    """The second of its assemblies, convened by itself, and three days more."""
    series = await regular(stage)
    anna = await stage.member(series.centre, series.group, "Anna")
    play = Meeting(stage, series.centre, series.group, series.paula, series.bruno, anna)
    await series.convene_next()
    await series.go_to("2025-12-04 16:00")
    await series.open_and_close()
    await stage.move(MINUTE)
    before = left_standing(play)
    assembly = (await stage.read(assemblies.upcoming, play.centre.id, stage.now))[0]
    assert assembly.series_date == "2025-12-11"
    await two_decisions(play, assembly)
    await stage.move(3 * DAY)
    said = [each for each in left_standing(play) if each not in before]
    others = ("Thursday 4 December", "Thursday 18 December")
    own = [each for each in said if not any(day in _heading(each) for day in others)]
    print(f"left by one of a weekly series: {len(own)}")  # noqa: T201
    assert len(own) <= MOST
    assert "minutes" in own[-1].words
    assert own[0].words.endswith("is over.")


async def test_far_apart_each_thing_has_a_message(play: Meeting) -> None:
    assembly = await play.convene(3 * WEEK)
    first, second = await two_decisions(play, assembly)
    said = left_standing(play)
    print(f"the same far apart: {len(said)}")  # noqa: T201
    assert len(said) > MOST
    for question in (first, second):
        at = said.index(question)
        assert HOW_WAS_COUNTED in said[at + 1].labels and question.labels == []


async def test_a_question_that_outlives_its_assembly_is_told_in_a_message(play: Meeting) -> None:
    assembly = await weekly(play)
    await play.propose(*POINTS)
    await play.stage.move(assembly.starts_at - play.stage.now)
    await play.open()
    await play.press(play.paula, "Put it to a decision", PUT_TO_EVERYBODY)
    question = play.stage.last(play.group)
    await play.hub("Go on with the assembly", "Close the assembly", "Close it")
    await play.stage.move(11 * MINUTE)
    await play.stage.move(MINUTE)
    told = play.stage.last(play.group)
    assert HOW_WAS_COUNTED in told.labels and question.labels == []
