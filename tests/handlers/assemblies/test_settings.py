from __future__ import annotations

import pytest
from kit.meeting import Meeting
from kit.phrases import I_AM_COMING
from kit.stage import DAY, Stage

from handlers.assemblies import sending
from handlers.assemblies.presses import SendAgenda
from sandbox.chats import Message
from storage import assemblies, assembly_settings, schedules
from storage.assemblies import Assembly

pytestmark = pytest.mark.usefixtures("no_errors")

WEEK = 7 * DAY


@pytest.fixture
async def play(stage: Stage) -> Meeting:
    return await Meeting.gather(stage)


async def settings(play: Meeting) -> Message:
    return await play.hub("The centre", "Your assemblies")


async def weekly(play: Meeting) -> Assembly:
    await play.stage.convene(play.centre, play.paula, 4 * WEEK)
    await play.convene(3 * WEEK)
    return (await play.stage.read(assemblies.upcoming, play.centre.id, play.stage.now))[0]


async def sent_at(play: Meeting, assembly: Assembly) -> int | None:
    row = await play.stage.read(schedules.find, sending.FREEZE, assembly.id)
    return row.next_at if row else None


async def test_the_agenda_is_sent_when_the_centre_says_so(play: Meeting) -> None:
    assembly = await weekly(play)
    assert await sent_at(play, assembly) == assembly.starts_at - 6 * DAY
    screen = await settings(play)
    assert "The group reads the points 6 days before" in screen.words
    await play.press(play.paula, "3")
    assert "The group reads the points 3 days before an assembly." in screen.words
    assert "✓ 3" in screen.labels
    assert await sent_at(play, assembly) == assembly.starts_at - 3 * DAY
    assert "has changed how your assemblies are prepared" in play.stage.last(play.bruno).words
    await play.press(play.paula, "1")
    assert "The group reads the points 24 hours before an assembly." in screen.words
    assert await sent_at(play, assembly) == assembly.starts_at - DAY
    await play.press(play.paula, "By how often you meet")
    assert await sent_at(play, assembly) == assembly.starts_at - 6 * DAY


async def test_what_was_sent_stays_sent_and_what_is_late_leaves_a_day(play: Meeting) -> None:
    assembly = await weekly(play)
    await settings(play)
    await play.press(play.paula, "1")
    await play.stage.move(assembly.starts_at - 4 * DAY - play.stage.now)
    await settings(play)
    await play.press(play.paula, "7")
    planned = await sent_at(play, assembly)
    assert planned is not None and abs(planned - play.stage.now - DAY) < 60
    await play.stage.move(DAY)
    await play.stage.move(60)
    [post] = play.stage.said(play.group)
    await settings(play)
    await play.press(play.paula, "1")
    assert await sent_at(play, assembly) is None
    await play.stage.move(2 * DAY)
    assert play.stage.said(play.group) == [post]


async def test_a_centre_that_wants_it_is_asked_who_comes(play: Meeting) -> None:
    assembly = await weekly(play)
    await play.stage.move(assembly.starts_at - 6 * DAY - play.stage.now)
    await play.stage.move(60)
    [post] = play.stage.said(play.group)
    assert I_AM_COMING not in post.labels
    await settings(play)
    await play.press(play.paula, "Ask whether they come")
    await play.stage.move(60)
    assert I_AM_COMING in post.labels
    await play.stage.press(play.anna, post, I_AM_COMING)
    await play.stage.move(60)
    assert "One person is coming." in post.words
    await settings(play)
    await play.press(play.paula, "Ask nobody whether they come")
    await play.stage.move(60)
    assert I_AM_COMING not in post.labels and "coming" not in post.words


@pytest.mark.parametrize("days", [-1, 8, 15, 10**9])
async def test_days_that_no_button_carries_change_nothing(play: Meeting, days: int) -> None:
    screen = await settings(play)
    await play.stage.forge(play.paula, screen, SendAgenda(play.centre.id, days).encode())
    chosen = await play.stage.read(assembly_settings.of, play.centre.id)
    assert chosen.agenda_days is None


async def test_an_assembly_of_before_keeps_its_moment_and_nothing_comes_twice(
    play: Meeting,
) -> None:
    """A day before it, with what stood in the group and in the schedules until then."""
    await play.propose("A quiet room")
    assembly = await play.convene(3 * WEEK)
    await play.stage.write(
        schedules.set, sending.FREEZE, assembly.id, assembly.starts_at - DAY, "UTC"
    )
    await play.stage.convene(play.centre, play.paula, 4 * WEEK)
    [announced] = play.stage.said(play.group)
    await play.stage.move(assembly.starts_at - DAY - play.stage.now)
    await play.stage.move(60)
    found = await play.stage.read(assemblies.by_id, assembly.id)
    assert found is not None and found.frozen_at is not None
    assert play.stage.said(play.group) == [announced]
    assert "1. A quiet room" in announced.words
