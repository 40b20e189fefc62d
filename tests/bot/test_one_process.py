"""A second process on the same SQLite files does nothing until the first has ended."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from kit.stage import Stage

from bot import runner
from bot.app import open_voci
from bot.clock import MovableClock
from bot.one_process import alone_on
from bot.settings import AwayError


def test_the_second_is_told_why(tmp_path: Path) -> None:
    file = tmp_path / "voci.db"
    with alone_on(file):
        with pytest.raises(AwayError, match=r"another process works on voci\.db"), alone_on(file):
            raise AssertionError("it works beside the other one")
        with alone_on(tmp_path / "other.db"):
            pass
    with alone_on(file):
        assert (tmp_path / "voci.db.lock").stat().st_mode & 0o777 == 0o600


async def test_a_second_process_stands_by_and_takes_over(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(runner, "PAUSES", (0.02,))
    settings = stage.settings()
    clock = MovableClock(stage.clock.now(), flowing=True)
    with pytest.raises(AwayError):
        async with open_voci(settings, clock):
            raise AssertionError("it works beside the other one")
    polls = len(stage.world.calls("getUpdates"))
    second = asyncio.create_task(runner.run_bot(settings, clock))
    await asyncio.sleep(0.2)
    assert len(stage.world.calls("getUpdates")) == polls
    await stage.stop_bot()
    stage.operator.say(stage.bot, "/start")
    await stage.world.until(lambda: len(stage.bot.updates) == 0, timeout=60)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    told = [message for message in caplog.messages if "another process works on" in message]
    assert len(told) == 1
    assert "what was waited for is there" in caplog.messages
