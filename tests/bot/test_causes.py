"""Why Telegram can't be reached, from errors as they really come: over real sockets."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, RetryAfter, TelegramError, TimedOut

from bot.causes import cause_of

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def asking(root: str) -> str:
    bot = Bot("1:" + "a" * 30, base_url=f"{root}/bot")
    with pytest.raises(TelegramError) as error:
        await bot.get_updates(timeout=0)
    return cause_of(error.value)


@asynccontextmanager
async def server(talk: Talk) -> AsyncIterator[str]:
    serving = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with serving:
        yield f"127.0.0.1:{serving.sockets[0].getsockname()[1]}"


async def says(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.write(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
    await writer.drain()
    writer.close()


async def hangs_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def test_a_name_that_does_not_exist() -> None:
    said = await asking("https://nowhere.invalid")
    assert said == "the name of Telegram's server can't be looked up (DNS)"


async def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert await asking(f"http://127.0.0.1:{port}") == "the connection is refused"


async def test_it_speaks_no_tls() -> None:
    async with server(says) as address:
        assert (await asking(f"https://{address}")).startswith("no secure connection (")


async def test_it_hangs_up() -> None:
    async with server(hangs_up) as address:
        assert await asking(f"http://{address}") == "the connection was cut"


async def test_it_fails() -> None:
    async with server(says) as address:
        assert await asking(f"http://{address}") == "Telegram's server fails (502)"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TimedOut(), "no answer in time"),
        (Conflict("x"), "another process fetches updates with this token"),
        (RetryAfter(3), "Telegram lets the bot wait for a moment"),
        (RetryAfter(61), "Telegram lets the bot wait for 61 s"),
        (BadRequest("x"), "BadRequest"),
    ],
)
def test_what_telegram_itself_says(error: TelegramError, said: str) -> None:
    assert cause_of(error) == said
