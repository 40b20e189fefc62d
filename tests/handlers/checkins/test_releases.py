"""Releases through the real ticker and both stores: exactly once, and never a second version."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import pytest
from kit.checkin_windows import FIRST_DAY, GROUP, NOON, Noise, Windows, week

import handlers.checkins.releases
from assembly.questionnaire import WEEKLY
from assembly.roles import Role
from bot.clock import MovableClock
from bot.noise import OpenDpNoise
from storage import centres, consents, facilitators, releases, schedules, windows
from storage.centres import Centre
from storage.link_ids import LinkIds

NOTHING = "This time we say nothing about the answers: too few to keep everybody hidden"
HOUR = 3600


def asking(centre_id: int) -> str:
    """What stands in the link under which one asks to join."""
    return f"join_{LinkIds(bytes(32)).seal('join', [centre_id])}"


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Windows]:
    bench = await Windows.open(tmp_path, MovableClock(NOON), Noise())
    yield bench
    await bench.close()


async def collected(bench: Windows, count: int = 12, face: int = 3) -> list[int]:
    """A centre in whose first window so many answered, a moment before it ends."""
    centre = await bench.centre()
    enrolled = await bench.members(centre, max(count, 12))
    await bench.go_to(week(0))
    await bench.answer(enrolled[:count], week(1), week=face)
    bench.clock.move(week(4) - 1 - bench.clock.now())
    return enrolled


async def figures(bench: Windows) -> list[tuple[str, int, str | None, int | None]]:
    rows = await bench.rows("SELECT question, c, band, halves FROM releases ORDER BY window_id")
    return [(row["question"], row["c"], row["band"], row["halves"]) for row in rows]


# --- where nothing can be drawn ---


async def test_without_what_draws_each_window_is_told_about_and_costs_nothing(
    tmp_path: Path,
) -> None:
    bench = await Windows.open(tmp_path, MovableClock(NOON), None)
    try:
        enrolled = await collected(bench)
        async with bench.database.transaction() as tx:
            await facilitators.add(tx, enrolled[0], int(bench.clock.now()))
            [anna] = await facilitators.contacts(tx, 1, int(bench.clock.now()))
        for weeks in (4, 8):
            await bench.go_to(week(weeks))
        assert [text.partition(": the part")[0] for text in await bench.texts()] == [
            f"<b>How we are, {period}</b>\nThis time there is no summary"
            for period in ("5 January to 1 February", "2 February to 1 March")
        ]
        told = await bench.texts(anna.telegram_id)
        assert len(told) == 2 and "can install it (its name: “summaries”)" in told[0]
        assert [row[1:] for row in await bench.calendar()] == [
            ("small", "skipped", "0"),
            ("small", "skipped", "0"),
            ("small", "open", "0"),
        ]
        assert await bench.ledger() == [] and await figures(bench) == []
        # Installed, the next window is drawn as if nothing had been.
        bench.noise = Noise()
        await bench.answer(enrolled, week(9), week=3)
        await bench.crash()
        await bench.go_to(week(12))
        assert "How our weeks were" not in (await bench.texts())[1]
        assert (await bench.calendar())[2] == (8, "small", "released", "2")
    finally:
        await bench.close()


async def test_without_what_draws_nothing_tells_whether_anybody_answered(tmp_path: Path) -> None:
    said = []
    for count in (0, 12):
        folder = tmp_path / str(count)
        folder.mkdir()
        bench = await Windows.open(folder, MovableClock(NOON), None)
        await collected(bench, count)
        await bench.go_to(week(4))
        said.append((await bench.posts(), await bench.calendar()))
        await bench.close()
    assert said[0] == said[1]


# --- what is told ---


async def test_a_window_is_told_about_when_it_ends(bench: Windows) -> None:
    await collected(bench)
    await bench.ticker.tick()
    assert await bench.posts() == []
    await bench.go_to(week(4))
    [post] = await bench.posts()
    assert post["text"].split("\n\n")[:2] == [
        "<b>How we are, 5 January to 1 February</b>\nBetween 10 and 19 of us answered.",
        "How our weeks were: about 3 of 4, “Good”.",
    ]
    [[how], [join]] = post["keyboard"]
    assert how == {
        "text": "How this works",
        "url": "https://t.me/voci_bot?start=summaries",
    }
    assert join["url"] == f"https://t.me/voci_bot?start={asking(1)}"
    assert post["picture"]["title"] == "How our weeks were"
    assert await figures(bench) == [("week", 12, "10-19", 6)]
    assert bench.noise.scales == [1, 24]


async def test_it_is_drawn_at_midnight_and_posted_in_the_morning(bench: Windows) -> None:
    await collected(bench)
    await bench.go_to(week(4))
    [row] = await bench.rows("SELECT not_before, expires_at, repeatable FROM outbox")
    assert row["not_before"] == week(4) + 9 * HOUR
    assert row["expires_at"] == week(8)
    assert row["repeatable"] == 0


async def test_the_noise_is_in_the_number_and_in_the_mean(bench: Windows) -> None:
    bench.noise.left = [9, -600]
    await collected(bench)
    await bench.go_to(week(4))
    # c = 12 + 9, s = 12 * 12 - 600 = -456: 2 - 456 / 12 / 21 = 0.19, told as 0.5
    assert await figures(bench) == [("week", 21, "20-49", 1)]
    assert "Between 20 and 49 of us answered." in (await bench.texts())[0]


async def test_nobody_and_nine_get_the_same_post_to_the_byte(bench: Windows) -> None:
    nobody, nine = await bench.centre(), await bench.centre(chat_id=GROUP - 1)
    await bench.members(nobody, 12)
    answering = (await bench.members(nine, 12))[:9]
    await bench.go_to(week(0))
    await bench.answer(answering, week(1), week=4)
    await bench.go_to(week(4))
    assert [c for _, c, _, _ in await figures(bench)] == [0, 9]
    [one], [other] = await bench.posts(GROUP), await bench.posts(GROUP - 1)
    assert NOTHING in one["text"]
    assert one["picture"] is None
    same = json.dumps(other).replace(asking(nine.id), asking(nobody.id))
    assert json.dumps(one) == same
    ours = await bench.rows("SELECT status, charge FROM windows WHERE week = 0")
    assert {(row["status"], row["charge"]) for row in ours} == {("released", "2")}


async def test_even_nobody_can_be_told_as_ten_and_ten_as_nobody(bench: Windows) -> None:
    bench.noise.left = [10, 0]
    await collected(bench, 0)
    await bench.go_to(week(4))
    assert await figures(bench) == [("week", 10, "10-19", 4)]


async def test_with_real_noise_there_is_one_post_too(bench: Windows) -> None:
    real = await Windows.open(bench.folder, bench.clock, OpenDpNoise())
    await collected(real)
    await real.go_to(week(4))
    assert len(await real.posts()) == len(await real.ledger()) == 1
    [(question, c, band, halves)] = await figures(real)
    assert question == "week"
    assert (band is None) == (halves is None) == (c < 10)
    await real.close()


async def test_one_question_in_turn_and_a_trend_of_its_own(bench: Windows) -> None:
    enrolled = await collected(bench)
    await bench.go_to(week(4))
    for number, face in ((5, 1), (9, 2), (13, 1)):
        await bench.answer(enrolled, week(number), week=face, connection=face, say=face)
        await bench.go_to(week(number + 3))
    assert [question for question, *_ in await figures(bench)] == [
        "week",
        "connection",
        "say",
        "week",
    ]
    texts = await bench.texts()
    assert ["last time" in text for text in texts] == [False, False, False, True]
    assert "How our weeks were: about 1 of 4, “Hard”. Lower than last time." in texts[-1]
    assert "The picture in numbers: 1 Feb: 3 · 26 Apr: 1" in texts[-1]


async def test_roles_are_shown_and_all_questions_told_in_a_large_centre(bench: Windows) -> None:
    centre = await bench.centre()
    enrolled = await bench.members(centre, 75, Role)
    bench.noise.left = [90, 0]
    await bench.go_to(week(0))
    await bench.answer(enrolled, week(1), week=2, connection=3, say=1)
    await bench.go_to(week(4))
    assert [c for _, c, _, _ in await figures(bench)] == [165]
    await bench.answer(enrolled, week(4, 3), week=2, connection=3, say=1)
    await bench.go_to(week(5))
    assert bench.noise.scales[2:] == [12, 288] * 9  # three questions by three roles, e = 1/6 each
    text = (await bench.texts())[1]
    assert "50 or more of us answered." in text
    assert "Users about 3, family members about 3, professionals about 3." in text
    roles = await bench.rows("SELECT question, role FROM release_roles")
    assert len(roles) == 9
    # the smallest of the three numbers steers the next window
    assert (await bench.calendar())[1:] == [
        (4, "large", "released", "1/2"),
        (5, "large", "open", "0"),
    ]


# --- windows, tiers, the year's account ---


async def test_tiers_change_at_borders_only_and_windows_leave_no_gap(bench: Windows) -> None:
    await collected(bench)
    bench.noise.left = [13, 0, 60, 0, -9, 0]  # c: 25, then 60 and -9 without any answers
    for number in (4, 6, 8, 9):
        await bench.go_to(week(number))
    assert await bench.calendar() == [
        (0, "small", "released", "2"),
        (4, "middle", "released", "1"),  # 25: from the border on, middle
        (6, "middle", "released", "1"),  # 60 does not change it half-way
        (8, "small", "open", "0"),  # -9 does, at the border
    ]
    rows = await bench.rows("SELECT starts_at, ends_at FROM windows ORDER BY week")
    bounds = [(row["starts_at"], row["ends_at"]) for row in rows]
    assert bounds == [
        (week(0), week(4)),
        (week(4), week(6)),
        (week(6), week(8)),
        (week(8), week(12)),
    ]


async def test_a_centre_that_moves_keeps_its_bounds_and_loses_no_hour(bench: Windows) -> None:
    await collected(bench)
    async with bench.database.transaction() as tx:
        await tx.statement("UPDATE centres SET zone = 'America/New_York'")
    await bench.go_to(week(4))
    rows = await bench.rows("SELECT starts_at, ends_at FROM windows ORDER BY week")
    assert [(row["starts_at"], row["ends_at"]) for row in rows] == [
        (week(0), week(4)),
        (week(4), week(8) + 6 * HOUR),
    ]


async def test_a_year_can_be_told_about_in_full(bench: Windows) -> None:
    centre = await bench.centre()
    await bench.members(centre, 3)
    for number in range(0, 57, 4):
        await bench.go_to(week(number))
    assert [status for _, _, status, _ in await bench.calendar()] == ["released"] * 14 + ["open"]
    async with bench.database.reading() as tx:
        assert await windows.spent(tx, centre.id, 0) == 26
        assert await windows.spent(tx, centre.id, 1) == 2


async def test_when_the_account_is_spent_nothing_is_drawn(bench: Windows) -> None:
    enrolled = await collected(bench)
    await bench.go_to(week(4))
    async with bench.database.transaction() as tx:
        await tx.statement("UPDATE windows SET charge = '49/2' WHERE week = 0")
    draws = len(bench.noise.scales)
    await bench.answer(enrolled, week(5), connection=4)
    await bench.go_to(week(8))
    assert len(bench.noise.scales) == draws
    assert len(await bench.ledger()) == 1
    assert await bench.calendar() == [
        (0, "small", "released", "49/2"),
        (4, "small", "unpaid", "0"),
        (8, "small", "open", "0"),
    ]
    text = (await bench.texts())[1]
    assert "only so much is told in a year" in text
    assert (await bench.posts())[1]["picture"] is None


async def test_the_charge_is_the_same_for_everybody_and_whatever_comes_out(bench: Windows) -> None:
    enrolled = await collected(bench, 0)
    await bench.go_to(week(4))
    await bench.answer(enrolled, week(5), connection=4)
    await bench.go_to(week(8))
    assert [charge for _, _, _, charge in await bench.calendar()] == ["2", "2", "0"]
    assert [band for _, _, band, _ in await figures(bench)] == [None, "10-19"]


# --- exactly once, never a second version ---


async def test_two_ticks_and_two_processes_release_once(bench: Windows) -> None:
    await collected(bench)
    other = await Windows.open(bench.folder, bench.clock, bench.noise)
    bench.clock.move(1)
    await asyncio.gather(bench.ticker.tick(), other.ticker.tick())
    await bench.ticker.tick()
    await other.ticker.tick()
    await other.close()
    assert len(await bench.posts()) == len(await bench.ledger()) == 1
    assert len(bench.noise.scales) == 2


STEPS = {
    "before anything": (windows, "calendar"),
    "before the draw": (handlers.checkins.releases, "answers_of_window"),
    "while drawing": (handlers.checkins.releases, "draw"),
    "after the ledger": (releases, "add"),
    "while forgetting who was enrolled": (windows, "settle"),
    "before the post": (handlers.checkins.releases, "post_summary"),
    "before the next window": (windows, "add"),
    "at the very end": (schedules, "advance"),
}


class Crash(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
async def test_after_a_crash_the_numbers_are_those_drawn_first(
    bench: Windows, monkeypatch: pytest.MonkeyPatch, step: tuple[object, str]
) -> None:
    enrolled = await collected(bench)
    bench.noise.left = [3, 24, 70, 999]
    bench.clock.move(1)

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(*step, crash)
        with pytest.raises(Crash):
            await bench.ticker.tick()
    drawn_before = len(bench.noise.scales)
    assert await bench.posts() == []
    assert await figures(bench) == []
    await bench.crash()
    if drawn_before:  # what comes after the draw changes nothing any more
        await bench.answer(enrolled[:5], week(4) - 1, week=0)
        await bench.keys.destroy(enrolled[0])
        await bench.members(await _centre(bench), 40)
    bench.clock.move(60)
    await bench.ticker.tick()
    assert len(bench.noise.scales) == 2
    assert await figures(bench) == [("week", 15, "10-19", 6)]
    assert len(await bench.posts()) == len(await bench.ledger()) == 1
    assert (await bench.calendar())[0] == (0, "small", "released", "2")


async def _centre(bench: Windows) -> Centre:
    async with bench.database.reading() as tx:
        return await centres.get(tx, 1)


async def test_what_happens_after_a_release_changes_nothing_in_it(bench: Windows) -> None:
    enrolled = await collected(bench)
    await bench.go_to(week(4))
    before = await bench.posts(), await figures(bench), await bench.ledger()
    await bench.answer(enrolled, week(3), week=0)  # as if it had come late, into the old window
    for member_id in enrolled:
        await bench.keys.destroy(member_id)
    async with bench.database.transaction() as tx:
        due = await schedules.find(tx, windows.SCHEDULES[WEEKLY.name], 1)
        assert due is not None
        await schedules.advance(tx, due.id, week(4))  # and as if it were due again
    await bench.ticker.tick()
    assert (await bench.posts(), await figures(bench), await bench.ledger()) == before


@pytest.mark.parametrize("hours", [2, 30])
async def test_a_restored_backup_tells_the_same_numbers_or_nothing(
    bench: Windows, hours: int
) -> None:
    enrolled = await collected(bench)
    bench.noise.left = [5, -100, 60, 60]
    await bench.database.truncate_wal()
    shutil.copy(bench.folder / "voci.db", bench.folder / "backup.db")
    await bench.go_to(week(4))
    told, numbers = await bench.posts(), await figures(bench)
    await bench.database.close()
    for old in bench.folder.glob("voci.db*"):
        old.unlink()
    shutil.move(bench.folder / "backup.db", bench.folder / "voci.db")
    await bench.keys.database.close()
    again = await Windows.open(bench.folder, bench.clock, bench.noise)
    bench.database, bench.keys, bench.ticker = again.database, again.keys, again.ticker
    await bench.answer(enrolled, week(2), week=0)
    await bench.go_to(week(4) + hours * HOUR)
    assert await figures(bench) == numbers
    assert len(bench.noise.scales) == 2
    assert await bench.posts() == (told if hours < 24 else [])
    async with bench.database.reading() as tx:
        assert await windows.spent(tx, 1, 0) == Fraction(2)


# --- downtimes ---


async def test_after_a_short_downtime_it_is_told_late_and_once(bench: Windows) -> None:
    enrolled = await collected(bench)
    await bench.go_to(week(4, 3) + 12 * HOUR)
    [row] = await bench.rows("SELECT not_before FROM outbox")
    assert row["not_before"] == week(4, 3) + 12 * HOUR
    await bench.answer(enrolled, week(6), connection=1)
    await bench.go_to(week(8))
    assert ["about" in text for text in await bench.texts()] == [True, True]
    occurrences = await bench.rows("SELECT status FROM occurrences ORDER BY occurrence_at")
    assert [row["status"] for row in occurrences] == ["claimed"], "older ones are forgotten"


async def test_windows_that_went_by_in_a_downtime_are_skipped(bench: Windows) -> None:
    await collected(bench)
    bench.noise.left = [10, 0]  # c = 22: windows of two weeks from here on
    await bench.go_to(week(7, 6))
    assert await bench.calendar() == [
        (0, "small", "released", "2"),
        (4, "middle", "skipped", "0"),
        (6, "middle", "open", "0"),
    ]
    assert len(await bench.posts()) == 1
    assert len(bench.noise.scales) == 2
    assert len(await bench.rows("SELECT member_id FROM window_members")) == 12


async def test_after_four_weeks_nothing_is_told_any_more(bench: Windows) -> None:
    enrolled = await collected(bench)
    await bench.go_to(week(8))
    assert await bench.posts() == []
    assert await bench.ledger() == []
    assert [status for _, _, status, _ in await bench.calendar()] == ["skipped", "skipped", "open"]
    occurrences = await bench.rows("SELECT status FROM occurrences ORDER BY occurrence_at")
    assert [row["status"] for row in occurrences] == ["skipped"], "older ones are forgotten"
    await bench.answer(enrolled, week(9), say=1)
    await bench.go_to(week(12))
    assert [question for question, *_ in await figures(bench)] == ["say"]


async def test_a_downtime_over_the_start_begins_late(bench: Windows) -> None:
    centre = await bench.centre()
    await bench.members(centre, 3)
    await bench.go_to(week(5))
    assert [(number, status) for number, _, status, _ in await bench.calendar()] == [
        (0, "skipped"),
        (4, "open"),
    ]
    assert await bench.posts() == []


# --- what stays, and what the log says ---


async def test_after_a_release_only_what_was_told_stays(bench: Windows) -> None:
    bench.noise.left = [1, 240]
    await collected(bench, 11)
    async with bench.database.transaction() as tx:
        for member_id in range(1, 13):
            await consents.withdraw(tx, member_id, "checkin", week(3))
            await consents.grant(tx, member_id, "checkin", 2, week(3))
    await bench.go_to(week(4))
    rows = await bench.rows("SELECT window_id FROM window_members WHERE window_id = 1")
    assert rows == []
    [entry] = await bench.ledger()
    assert entry.subject == f"centre:1:weekly:{FIRST_DAY.isoformat()}:0"
    # c = 11 + 1; the sum, 11 * 12 + 240, and the exact number are nowhere
    assert json.loads(entry.data) == {"week": {"c": 12, "total": ["10-19", 7], "by_role": {}}}
    dump = [await bench.rows(f"SELECT * FROM {name}") for name in ("windows", "releases")]
    kept = {value for rows in dump for row in rows for value in row}
    assert 372 not in kept
    assert 11 not in kept


async def test_the_log_has_no_figures(bench: Windows, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bench.noise.left = [4711 - 12, 123_456]
    await collected(bench)
    await bench.go_to(week(4))
    own = [
        record.getMessage()
        for record in caplog.records
        if record.name == "handlers.checkins.releases"
    ]
    assert own == ["centre 1: the window of week 0 is released"]
    assert not re.search(r"4711|123456|123600|50\+|halves", _without_sql(caplog))


def _without_sql(caplog: pytest.LogCaptureFixture) -> str:
    """The log of our own rooms: at DEBUG, which is never on, aiosqlite shows statements."""
    rooms = ("assembly", "bot", "handlers", "storage")
    return "\n".join(
        record.getMessage() for record in caplog.records if record.name.split(".")[0] in rooms
    )
