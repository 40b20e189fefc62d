from __future__ import annotations

import asyncio
import locale
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.demo import Demo, PortTaken, language_of_this_computer, live, open_demo, run_demo
from sandbox.cast.people import FIGURES
from sandbox.cast.play import beginning, ending, summary_day
from sandbox.chats import Group

ROME = ZoneInfo("Europe/Rome")
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC).timestamp()


@pytest.fixture
def nothing_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.WARNING)
    yield
    assert [record.getMessage() for record in caplog.get_records("call")] == []


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast this machine is says nothing about the cast; who is cut off, test_process.py tells.

    In real seconds; what hangs all the same ends with the test's own time.
    """
    monkeypatch.setattr("bot.process.DEADLINE", 60.0)
    monkeypatch.setattr("bot.due.DEADLINE", 60.0)
    monkeypatch.setattr("bot.demo.SETTLED_WITHIN", 300.0)


def group_of(demo: Demo) -> Group:
    group = demo.theatre.current_group()
    assert group is not None
    return group


async def count(demo: Demo, sentence: str) -> int:
    async with demo.voci.database.reading() as tx:
        (row,) = await tx.statement(f"SELECT COUNT(*) AS n FROM {sentence}")
    return int(row["n"])


async def check(demo: Demo, today: float) -> None:
    """A centre lived in: everything is there, nothing went wrong, and there is more to come."""
    assert await count(demo, "members") == len(FIGURES) == 24
    assert await count(demo, "proposals") == 7
    assert await count(demo, "facilitators") == 3
    assert await count(demo, "supports") >= 20
    assert await count(demo, "rounds") >= 5 * 20
    assert await count(demo, "answers") >= 150, "one row for all that somebody said in a round"
    assert await count(demo, "series WHERE status = 'running'") == 1
    assert await count(demo, "assemblies WHERE status = 'closed'") == 3
    assert await count(demo, "assemblies WHERE status = 'convened'") == 1
    assert await count(demo, "assembly_duties WHERE status = 'yes'") == 0, "forgotten by now"
    assert await count(demo, "agreements WHERE status = 'stands'") == 2
    assert await count(demo, "agenda_items WHERE ending = 'goes-on'") == 2
    assert await count(demo, "minutes WHERE status = 'published'") == 3
    assert await count(demo, "minutes WHERE words LIKE '%580 euro%'") == 1, "corrected"
    assert await count(demo, "tasks WHERE done_at IS NOT NULL") == 1
    assert await count(demo, "tasks WHERE done_at IS NULL") == 2, "one is taken, one is free"
    assert await count(demo, "task_takers WHERE shown = 1") == 1
    assert await count(demo, "decisions WHERE status = 'closed' AND head IS NOT NULL") == 1
    assert await count(demo, "decisions WHERE status = 'open' AND method = 'irv'") == 1
    assert await count(demo, "published_ballots") >= 15
    assert 5 <= await count(demo, "ballots") <= 15, "most have not put the options in order yet"
    released = "windows WHERE status = 'released'"
    assert await count(demo, f"{released} AND questionnaire = 'weekly'") == 1
    assert await count(demo, f"{released} AND questionnaire = 'pulse'") == 1
    assert await count(demo, "outbox WHERE status IN ('failed', 'uncertain')") == 0
    summary = [message for message in group_of(demo).from_bots() if message.file]
    assert len(summary) == 2 and all(message.caption for message in summary)
    newest = group_of(demo).from_bots()[-1]
    assert any((button.data or "").startswith("att:") for button in newest.buttons)
    assert today <= demo.pace.now() < today + 600
    due = await demo.pace.next_due()
    assert due is not None and due > today


@pytest.mark.thorough
async def test_the_cast_brings_a_centre_to_life(
    nothing_in_the_log: None, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_demo(0, THURSDAY) as demo:
        assert demo.pace.now() == beginning(THURSDAY, "Europe/Rome")
        await live(demo, "it", THURSDAY)
        await check(demo, THURSDAY)
        assert "24 people have joined" in capsys.readouterr().out
        sent = len(demo.theatre.world.calls("sendMessage"))
        work = asyncio.create_task(demo.voci.run())
        due = await demo.pace.next_due()
        assert due is not None
        await demo.pace.go_to_next()
        assert len(demo.theatre.world.calls("sendMessage")) > sent
        assert demo.pace.now() >= due
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


# Each weekday once, the languages in turn: what the cast says has nothing to do with the day.
@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("language", "today"),
    [
        ("en", datetime(2026, 11, 23, 11, 30, tzinfo=ROME)),  # Monday, before the summary is over
        ("it", datetime(2026, 11, 24, 12, 5, tzinfo=ROME)),
        ("de", datetime(2026, 11, 25, 17, 0, tzinfo=ROME)),  # a check-in is due at this moment
        ("en", datetime(2026, 12, 31, 23, 59, tzinfo=ROME)),
        ("it", datetime(2026, 11, 27, 17, 30, tzinfo=ROME)),
        ("de", datetime(2026, 1, 3, 0, 10, tzinfo=ROME)),
        ("it", datetime(2026, 3, 29, 3, 30, tzinfo=ROME)),  # the clock has just been put forward
    ],
)
async def test_the_cast_plays_on_any_day(
    nothing_in_the_log: None, language: str, today: datetime
) -> None:
    async with open_demo(0, today.timestamp()) as demo:
        await live(demo, language, today.timestamp())
        await check(demo, today.timestamp())


def test_the_play_is_counted_from_a_monday_whose_morning_is_over() -> None:
    for today in (datetime(2026, 11, 23, 11, tzinfo=ROME), datetime(2026, 11, 29, 23, tzinfo=ROME)):
        day = summary_day(today.timestamp(), "Europe/Rome")
        assert day.weekday() == 0
        assert today.timestamp() - day.replace(hour=0, minute=0).timestamp() >= 11 * 3600


@pytest.mark.parametrize(("hour", "ends"), [(0, 10), (8, 10), (9, 9), (19, 19), (20, 10), (23, 10)])
def test_the_play_ends_in_the_daytime_of_the_same_day(hour: int, ends: int) -> None:
    now = datetime(2026, 11, 22, hour, 59, tzinfo=ROME)
    end = datetime.fromtimestamp(ending(now.timestamp(), "Europe/Rome"), ROME)
    assert (end.date(), end.hour) == (now.date(), ends)


async def test_a_port_that_is_taken_is_said_clearly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"Port {port} is taken .* make demo PORT={port + 1}"):
            await run_demo(port)


@pytest.mark.parametrize(
    ("found", "language"),
    [("it_IT", "it"), ("de_AT", "de"), ("fr_FR", "en"), (None, "en"), ("C", "en")],
)
def test_the_centre_speaks_the_computer_s_language(
    monkeypatch: pytest.MonkeyPatch, found: str | None, language: str
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (found, "UTF-8"))
    assert language_of_this_computer() == language
