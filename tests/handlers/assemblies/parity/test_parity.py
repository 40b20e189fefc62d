from __future__ import annotations

import pytest
from kit.stage import DAY, Stage
from kit.task_rows import Tasked, tasked

from assembly.parity_report import Measure
from assembly.quarters import next_telling
from assembly.roles import Role
from handlers.assemblies.tasks import quarter
from sandbox.chats import Message
from storage import parity_reports, schedules
from storage.engine.transaction import Transaction

pytestmark = pytest.mark.usefixtures("no_errors")

# NOON is Wednesday 3 December 2025: the quarter is told about on Saturday 3 January at 10:00.
SILENCE = "This time we say nothing about the roles"


@pytest.fixture
async def play(stage: Stage) -> Tasked:
    found = await tasked(stage)
    await stage.write(quarter.plan, found.centre, stage.now)
    return found


async def crowd(tx: Transaction, centre_id: int, now: int) -> None:
    """Ten more of each role, and a proposal of each of them."""
    columns = ("id", "centre_id", "telegram_id", "role", "name", "status", "joined_at")
    ids = range(900, 930)
    roles = [*Role] * 10
    rows = [
        (each, centre_id, 5_000 + each, role.value, f"M{each}", "active", now)
        for each, role in zip(ids, roles, strict=True)
    ]
    await tx.insert("members", columns, rows)
    proposed = [(centre_id, each, "A trip", 0, "open", now) for each in ids]
    named = ("centre_id", "author_id", "title", "named", "status", "created_at")
    await tx.insert("proposals", named, proposed)


async def until(play: Tasked, ahead: int = 0) -> None:
    """To the moment at which it is due, and so many seconds on."""
    at = next_telling(play.stage.now, play.centre.clock)
    await play.stage.move(at + ahead - play.stage.now)


async def seen(play: Tasked) -> Message:
    """What Paula, who facilitates, sees of it."""
    await play.stage.say(play.paula, "/facilitate")
    await play.stage.press_each(play.paula, "The centre", "How the work is shared")
    return play.stage.last(play.paula)


async def test_one_post_has_the_numbers_and_the_roles_with_a_picture(play: Tasked) -> None:
    await play.stage.write(crowd, play.centre.id, play.stage.now)
    before = len(play.stage.said(play.group))
    await until(play)
    [post] = play.stage.said(play.group)[before:]
    assert "What came of it, October to December\nProposed: 30" in post.words
    assert "Proposals since January: 35 · 35 · 35" in post.words
    assert post.file is not None
    for _ in range(20):
        await play.stage.move(DAY)
    assert len(play.stage.said(play.group)) == before + 1


async def test_facilitators_see_the_last_one_and_no_count_of_the_moment(play: Tasked) -> None:
    await play.stage.write(crowd, play.centre.id, play.stage.now)
    assert SILENCE in (await seen(play)).words
    await until(play)
    first = await seen(play)
    assert "Proposals since January: 35 ·" in first.words
    await play.stage.propose(play.centre, play.anna, "A quiet room")
    assert (await seen(play)).words == first.words
    await play.stage.restart()
    assert (await seen(play)).words == first.words
    await play.stage.press_each(play.paula, "Back")
    assert "The clocks" in play.stage.last(play.paula).words


async def test_a_small_centre_reads_nothing_of_it(play: Tasked) -> None:
    await play.stage.propose(play.centre, play.anna, "A quiet room")
    await until(play)
    assert "roles" not in play.stage.last(play.group).words
    assert "Proposed: 1" in play.stage.last(play.group).words
    found = await seen(play)
    assert SILENCE in found.words and "3 April" in found.words


async def test_after_a_restore_no_second_one_is_made(play: Tasked) -> None:
    """What was due since the backup was told from the original: it is passed over."""
    await play.stage.write(crowd, play.centre.id, play.stage.now)
    row = await play.stage.read(schedules.find, quarter.KIND, play.centre.id)
    assert row is not None
    play.stage.clock.move(next_telling(play.stage.now, play.centre.clock) + 5 - play.stage.now)
    await play.stage.write(quarter.skip, row, play.stage.now)
    before = len(play.stage.said(play.group))
    await play.stage.move(DAY)
    assert len(play.stage.said(play.group)) == before
    assert await play.stage.read(parity_reports.last, play.centre.id) is None


async def test_too_late_for_the_group_it_is_there_for_facilitators(play: Tasked) -> None:
    await play.stage.write(crowd, play.centre.id, play.stage.now)
    before = len(play.stage.said(play.group))
    await play.stage.stop_bot()
    at = next_telling(play.stage.now, play.centre.clock)
    play.stage.clock.move(at + 20 * DAY - play.stage.now)
    await play.stage.start_bot()
    await play.stage.tick()
    assert len(play.stage.said(play.group)) == before
    report = await play.stage.read(parity_reports.last, play.centre.id)
    assert report is not None and list(report.told) == [Measure.PROPOSALS]
