"""Somebody sets every logger to DEBUG to find a fault: still no token, no name, no word."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from kit.stage import Stage, open_stage
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot import logs
from bot.settings import Settings
from bot.telegram_bot import TelegramBot
from handlers.membership.presses import TakeDuty
from storage import invitations

LIBRARIES = ("httpx", "httpcore", "asyncio", "aiosqlite", "telegram", "telegram.ext", "apscheduler")
NAME, TITLE, WORDS = "Zephyrine", "Zinnias in the yard", "zzunasked"


class Raw(logging.Handler):
    """What every logger was told, before any filter of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += record.getMessage() + "\n"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Over sockets: what httpcore tells of them is looked at, too."""
    async with open_stage(tmp_path, http=True) as stage:
        yield stage


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[io.StringIO, Raw]]:
    """The log as it is written with everything at DEBUG, and what came in."""
    root, stream, raw = logging.getLogger(), io.StringIO(), Raw()
    loggers = [
        root,
        *map(logging.getLogger, (*LIBRARIES, *logs.FULL_OF_UPDATES, logs.QUOTES_ANSWERS)),
    ]
    before = [(each, each.level, each.handlers[:], each.filters[:]) for each in loggers]
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure("text")
    root.handlers.insert(0, raw)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield stream, raw
    for each, level, handlers, filters in before:
        each.setLevel(level)
        each.handlers[:], each.filters[:] = handlers, filters


async def test_at_debug_the_log_has_no_token_no_name_and_no_word(
    written: tuple[io.StringIO, Raw], stage: Stage
) -> None:
    asyncio.get_running_loop().slow_callback_duration = 0
    asyncio.get_running_loop().set_debug(True)
    centre, group = await stage.centre()
    async with stage.voci.database.transaction() as tx:
        token = await invitations.add(tx, centre_id=centre.id, role=None, now=stage.now)
    person = stage.world.person(NAME)
    person.join(group)
    await stage.start(person, f"i_{token}")
    await stage.press_each(person, 0, 0, 0, 0, 0)
    await stage.say(person, f"/propose {TITLE}")
    await stage.say(person, WORDS)
    await stage.say(person, "/me")
    asyncio.get_running_loop().set_debug(False)
    stream, raw = written
    text = stream.getvalue()
    for word in (NAME, TITLE, WORDS, token, stage.bot.token):
        assert word not in text
        assert word in raw.text, "otherwise this test sees nothing"


def test_asyncio_tells_of_a_lost_error_without_its_words(
    written: tuple[io.StringIO, Raw],
) -> None:
    told = "Task exception was never retrieved\nfuture: <Task exception=ValueError('Zephyrine')>"
    logging.getLogger("asyncio").error(told, exc_info=ValueError("Zephyrine"))
    text = written[0].getvalue()
    assert "Task exception was never retrieved [ValueError at" in text
    assert "Zephyrine" not in text


def test_an_answer_of_telegrams_that_is_cut_off_is_told_without_its_words(
    written: tuple[io.StringIO, Raw],
) -> None:
    stream, _ = written
    with pytest.raises(TelegramError):
        HTTPXRequest.parse_json_payload(b'{"ok": true, "result": [{"text": "Zephyrine wro')
    assert "an answer can't be read [JSONDecodeError at" in stream.getvalue()
    assert "Zephyrine" not in stream.getvalue()


async def test_nothing_says_its_token_when_it_is_printed(stage: Stage) -> None:
    voci = stage.voci
    secret = voci.settings.bot_token.get_secret_value()
    url = "postgresql://voci:hunter2@localhost/voci"
    keys = f"{url}_keys"
    settings = Settings(_env_file=None, bot_token=secret, database_url=url, keys_url=keys)
    parts = [voci, *(getattr(voci, name) for name in voci.__dataclass_fields__)]
    bot = voci.application.bot
    for part in (*parts, settings, bot, bot.request, voci.settings.bot_token):
        assert secret not in repr(part) and secret not in str(part)
        assert "hunter2" not in repr(part) and "hunter2" not in str(part)
        assert "a-long-random-word" not in repr(part)
    assert "abcdefghijklmnopqrstuv" not in repr(TakeDuty(1, "abcdefghijklmnopqrstuv"))


async def test_a_refused_token_is_not_quoted(stage: Stage) -> None:
    wrong = "123456789:AAE-abcdefghijklmnopqrstuvwx"
    bot = TelegramBot(wrong, base_url=f"{stage.voci.settings.telegram_api_url}/bot")
    with pytest.raises(InvalidToken) as caught:
        await bot.initialize()
    assert wrong not in repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    await bot.shutdown()
