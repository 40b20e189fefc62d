"""Ballots that come over HTTP, beside a bare endpoint doing the same upsert; and a crowd of 500.

Ours: Telegram's request to Voci's webhook, until it has its 200: the ballot is committed. Bare: a
starlette endpoint that reads the same JSON and does BEGIN IMMEDIATE, upsert, COMMIT with aiosqlite.
Both are served by uvicorn in this process; the requests come from another one, 20 at a time.
Rounds of both take turns. The crowd's requests begin at moments by chance within ten seconds.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import aiosqlite
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bench.ballots import AT_ONCE, Agreeing, bare, bare_database, collected, gathered, press
from bench.harness.figure import Figure
from bot import app, webhook
from bot.app import Voci, open_voci
from bot.clock import SystemClock
from bot.settings import Settings

SECRET = "bench" * 8
SPREAD = 10.0  # seconds in which the crowd presses

BARE = Figure("bare endpoint, 20 at a time", "a second", 0)
OURS = Figure("webhook, 20 at a time", "a second", 0)
RATIO = Figure("webhook, of the bare endpoint", at_least=0.5)
LOST = Figure("of 500 people within 10 s, lost", digits=0, at_most=0)
P95 = Figure("of 500 people within 10 s, p95", "ms", 1, at_most=300)
FIGURES = (BARE, OURS, RATIO, LOST, P95)


@dataclass(frozen=True, slots=True)
class Size:
    """How many members press, in how many pairs of rounds, and within how many seconds."""

    members: int
    rounds: int
    spread: float


FULL, SMALL = Size(500, 5, SPREAD), Size(20, 1, 0.5)


@asynccontextmanager
async def served(route: Route) -> AsyncIterator[int]:
    """The port at which it answers; whoever connects before it has begun waits for it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(Starlette(routes=[route]), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            await task


async def called(port: int, updates: Sequence[Update], spread: float = 0) -> list[float]:
    """How many seconds each request took that got its 200; from a process of its own."""
    bodies = [update.to_dict() for update in updates]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.webhook"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    given = json.dumps({"port": port, "spread": spread, "bodies": bodies})
    answer, _ = await process.communicate(given.encode())
    took: list[float] = json.loads(answer)
    return took


def endpoint(turn: asyncio.Lock, connection: aiosqlite.Connection) -> Route:
    """The same upsert with nothing around it."""

    async def answer(request: Request) -> Response:
        content = json.loads(await request.body())
        query = content["callback_query"]
        choice = query["data"].rpartition(":")[2]
        async with turn:
            await bare(connection, choice)(query["from"]["id"])
        return PlainTextResponse("ok")

    return Route("/", answer, methods=["POST"])


async def rounds(size: Size) -> dict[Figure, float]:
    bare_rates, rates = [], []
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(
            _env_file=None,
            bot_token=f"7:{chr(65) * 35}",
            data_dir=Path(name),
            webhook_url="https://example.org/",
            webhook_secret=SECRET,
        )
        async with open_voci(settings, SystemClock()) as voci:
            decision_id = await gathered(voci, size.members)
            connection = await bare_database(Path(name))
            bot, processing = voci.application.bot, voci.processing
            route = webhook.route(bot, processing.accept, processing.refuse, settings)
            numbers = iter(range(1, 10_000_000))

            def updates(choice: str) -> list[Update]:
                return [
                    press(voci, decision_id, next(numbers), member, choice)
                    for member in range(size.members)
                ]

            turn = asyncio.Lock()
            async with served(route) as ours, served(endpoint(turn, connection)) as other:
                for number in range(size.rounds + 1):
                    choice = "yes" if number % 2 else "no"
                    bare_rates.append(await _rate(other, updates(choice)))
                    rates.append(await _rate(ours, updates(choice)))
                took = await called(ours, updates("abstain"), size.spread)
            await voci.delivery.finish()
            lost = size.members - await _said(voci, decision_id, "abstain")
            await connection.close()
    return {
        BARE: statistics.median(bare_rates[1:]),
        OURS: statistics.median(rates[1:]),
        RATIO: statistics.median(
            each / beside for each, beside in zip(rates[1:], bare_rates[1:], strict=True)
        ),
        LOST: lost + size.members - len(took),
        P95: statistics.quantiles(took, n=20)[18] * 1000,
    }


async def _rate(port: int, updates: Sequence[Update]) -> float:
    """Requests a second: by what each took, so that the other process's start is left out."""
    took = await called(port, updates)
    assert len(took) == len(updates)
    return AT_ONCE * len(took) / sum(took)


async def _said(voci: Voci, decision_id: int, choice: str) -> int:
    return (await voci.database.run(lambda tx: collected(tx, voci, decision_id))).count(choice)


def measure(size: Size) -> dict[Figure, float]:
    """The median of the rounds."""
    with mock.patch.object(app, "HTTPXRequest", Agreeing):
        return asyncio.run(rounds(size))


async def _telegram() -> None:
    """The other process: what it is to send on stdin, what each took on stdout."""
    given = json.loads(sys.stdin.read())
    bodies = [json.dumps(each).encode() for each in given["bodies"]]
    chance = random.Random(7)  # noqa: S311
    begins = sorted(chance.uniform(0, given["spread"]) for _ in bodies)
    took: list[float] = []
    if given["spread"]:
        every = zip(begins, bodies, strict=True)
        await asyncio.gather(*(_at(begin, body, given["port"], took) for begin, body in every))
    else:
        waiting = iter(bodies)
        await asyncio.gather(*(_all(waiting, given["port"], took) for _ in range(AT_ONCE)))
    print(json.dumps(took))


async def _at(moment: float, body: bytes, port: int, took: list[float]) -> None:
    await asyncio.sleep(moment)
    await _all(iter([body]), port, took)


async def _all(bodies: Iterator[bytes], port: int, took: list[float]) -> None:
    """One after the other on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for body in bodies:
        begin = time.perf_counter()
        head = f"POST / HTTP/1.1\r\nHost: bench\r\n{webhook.HEADER}: {SECRET}\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.partition(b":")[2])
            for line in answer.splitlines()
            if line.lower().startswith(b"content-length")
        )
        await reader.readexactly(length)
        if answer.startswith(b"HTTP/1.1 200"):
            took.append(time.perf_counter() - begin)
    writer.close()


if __name__ == "__main__":
    asyncio.run(_telegram())
