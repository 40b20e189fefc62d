"""`voci run` from its start to its end: what is away is waited for, what breaks is told."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from kit.running_bot import LeapingClock
from telegram.error import InvalidToken, NetworkError, TimedOut

from bot import runner
from bot.runner import PAUSES, Broken, run_bot
from bot.settings import AwayError, Settings, SettingsError, StoresError, code_of
from storage.engine.errors import Damaged, StorageError, Transient

SETTINGS = Settings(_env_file=None, bot_token="1:" + "a" * 30)


class Bot:
    """Opens after so many errors, and then ends as it is told."""

    def __init__(self, *errors: Exception, ends: Exception | None = None) -> None:
        self.errors = [*errors]
        self.ends = ends
        self.opened = 0

    @asynccontextmanager
    async def open(self, settings: object, clock: object) -> AsyncIterator[Any]:
        self.opened += 1
        if self.errors:
            raise self.errors.pop(0)
        yield SimpleNamespace(run=self.run)

    async def run(self) -> None:
        if self.ends is not None:
            raise ExceptionGroup("out", [ExceptionGroup("in", [self.ends])])


async def run(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> float:
    """How long was waited, in seconds."""
    clock = LeapingClock(0)
    monkeypatch.setattr(runner, "open_voci", bot.open)
    await run_bot(SETTINGS, clock)
    return clock.now()


async def test_what_is_away_is_waited_for_and_named_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    away = AwayError(["VOCI_DATABASE_URL: the database can't be reached (OSError)."])
    bot = Bot(away, away, NetworkError("x"), TimedOut(), Transient("SQLITE_BUSY"), away)
    caplog.set_level("INFO")
    assert await run(bot, monkeypatch) == sum((*PAUSES, PAUSES[-1]))
    assert bot.opened == 7
    told = [record.getMessage() for record in caplog.records if "tried again" in record.message]
    assert [each.rpartition("it works: ")[2] for each in told] == [
        "VOCI_DATABASE_URL: the database can't be reached (OSError).",
        "VOCI_TELEGRAM_API_URL: Telegram can't be reached: NetworkError.",
        "VOCI_TELEGRAM_API_URL: Telegram can't be reached: no answer in time.",
        "SQLITE_BUSY",
    ]
    assert caplog.messages[-1] == "what was waited for is there"


async def test_what_is_not_installed_is_named_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "opendp", None)
    away = AwayError(["VOCI_DATABASE_URL: the database can't be reached (OSError)."])
    await run(Bot(away, away), monkeypatch)
    named = [
        text for text in caplog.messages if text.startswith("The extra summaries is not installed")
    ]
    assert len(named) == 1


async def test_a_name_that_is_no_setting_is_named_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("VOCI_OPERATOR", "7")
    away = AwayError(["VOCI_DATABASE_URL: the database can't be reached (OSError)."])
    await run(Bot(away, away), monkeypatch)
    named = [text for text in caplog.messages if text.startswith("VOCI_OPERATOR is no setting")]
    assert len(named) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingsError(["VOCI_X: wrong"]), 2),
        (StoresError(["VOCI_X: older"]), 4),
        (InvalidToken(), 2),
    ],
)
async def test_what_does_not_pass_is_not_waited_for(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Bot(error)
    with pytest.raises(SettingsError) as told:
        await run(bot, monkeypatch)
    assert (bot.opened, told.value.code) == (1, code)


@pytest.mark.parametrize(
    ("ends", "told", "code"),
    [
        (SettingsError(["VOCI_LISTEN: taken"]), "VOCI_LISTEN: taken", 2),
        (InvalidToken(), "VOCI_BOT_TOKEN: Telegram does not know this token", 2),
        (NetworkError("x"), "VOCI_TELEGRAM_API_URL: Telegram can't be reached", 3),
    ],
)
async def test_whatever_ends_it_is_one_sentence(
    ends: Exception, told: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError) as error:
        await run(Bot(ends=ends), monkeypatch)
    assert str(error.value).startswith(told)
    assert error.value.code == code


async def test_an_error_of_our_own_is_logged_and_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Broken, match=r"an error of its own \(KeyError\); the log says where"):
        await run(Bot(ends=KeyError("somebody")), monkeypatch)
    [record] = [each for each in caplog.records if each.message.startswith("the bot has stopped")]
    assert record.exc_info is not None and record.exc_info[0] is KeyError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StorageError("x"), 2),
        (Transient("x"), 3),
        (Damaged("x"), 4),
        (AwayError(["x"]), 3),
        (StoresError(["x"]), 4),
    ],
)
def test_every_command_ends_with_the_code_of_the_kind(error: Exception, code: int) -> None:
    assert code_of(error) == code
