"""Voci running in the test's process, against a Telegram of its own, on a clock tests move."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from kit.migrated_files import put_file
from kit.wire import HOME, wired
from telegram import Update

from bot.app import Voci, open_voci
from bot.clock import MovableClock
from bot.listening import listen
from bot.settings import Settings
from sandbox.app import create_app
from sandbox.server import serve
from sandbox.world import World
from storage.engine.transaction import Row

NOON = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC
SQLITE = "sqlite:///voci.db"
PATIENCE = 60  # seconds of real time: a busy machine answers late, and is not wrong for that
TIRELESS = 1_000_000  # presses of one person at one moment of a clock that stands still

T = TypeVar("T")


class LeapingClock(MovableClock):
    """Whoever sleeps wakes at once, that much later: rate limits cost tests no real time."""

    async def sleep(self, seconds: float) -> None:
        self.move(max(seconds, 0))
        await asyncio.sleep(0)


class RunningBot:
    """Starts, stops and drives the bot; after `settle()` everything said has been answered.

    With `webhook` Telegram calls the bot, otherwise the bot asks Telegram. With `http` they talk
    over sockets, as outside of tests; without, tests take two thirds of the time.
    """

    def __init__(
        self,
        folder: Path,
        database_url: str = SQLITE,
        *,
        webhook: bool = False,
        http: bool = False,
    ) -> None:
        self.clock = LeapingClock(NOON)
        self.world = World(self.clock)
        self.bot = self.world.bot()
        self.operator = self.world.person("Olga", language_code="en")
        self.folder = folder
        self.database_url = database_url
        self.webhook = webhook
        self.http = http or webhook
        self.accepted: list[Update] = []
        self._stack = AsyncExitStack()
        self._url = HOME
        self._changed: dict[str, object] = {}
        self._intake: asyncio.Task[None] | None = None

    @property
    def now(self) -> int:
        """This second of the clock."""
        return int(self.clock.now())

    async def open(self) -> None:
        if self.http:
            self._url = await self._stack.enter_async_context(serve(self.world))
        else:
            self._stack.callback(self.world.hang_up)
        if self.database_url == SQLITE:
            await put_file(self.folder / "voci.db", "main")
        await put_file(self.folder / "keys.db", "keys")
        await self.start_bot()

    async def close(self) -> None:
        await self.stop_bot()
        await self._stack.aclose()

    async def start_bot(self) -> None:
        self._bot_stack = AsyncExitStack()
        settings = self.settings()
        with nullcontext() if self.http else wired(create_app(self.world)):
            opening = open_voci(settings, self.clock)
            self.voci: Voci = await self._bot_stack.enter_async_context(opening)
        self.voci.processing.flood.at_once = TIRELESS
        self._intake = asyncio.create_task(self._fetch(settings))

    def change(self, **settings: object) -> None:
        """From the next start on."""
        self._changed |= settings

    def settings(self) -> Settings:
        """Those that its next start begins with."""
        return Settings(**{**self._usual(_free_port()), **self._changed})  # type: ignore[arg-type]

    def _usual(self, port: int) -> dict[str, object]:
        return {
            "_env_file": None,
            "bot_token": self.bot.token,
            "telegram_api_url": self._url,
            "data_dir": self.folder,
            "database_url": self.database_url,
            "operators": (self.operator.id,),
            "mode": "webhook" if self.webhook else "polling",
            "webhook_url": f"http://127.0.0.1:{port}/telegram" if self.webhook else "",
            "webhook_secret": "a-secret-of-this-test",
            "listen": f"127.0.0.1:{port}",
        }

    async def _fetch(self, settings: Settings) -> None:
        if not self.webhook:
            await self.voci.intake.run()
        await asyncio.gather(self.voci.answer(listen(settings)), self.voci.be_called())

    async def stop_bot(self) -> None:
        if self._intake is not None:
            self._intake.cancel()
            await asyncio.gather(self._intake, return_exceptions=True)
            self._intake = None
            await self._bot_stack.aclose()

    async def restart(self) -> None:
        """The process ends and another one starts on the same data."""
        await self.stop_bot()
        await self.start_bot()

    async def settle(self) -> None:
        """Until all updates are acknowledged, what is due is sent, and what is deleted is gone."""
        while True:
            await self.world.until(lambda: len(self.bot.updates) == 0, timeout=PATIENCE)
            await self.voci.delivery.finish()
            if not await self.voci.sender.send_due() and len(self.bot.updates) == 0:
                break
        await self.voci.services.eraser.wiped()
        await self.voci.services.shredder.wiped()

    async def move(self, seconds: float) -> None:
        """Let time pass in one step, and do what fell due."""
        self.clock.move(seconds)
        await self.tick()

    async def tick(self) -> None:
        await self.voci.ticker.tick()
        await self.settle()

    async def read(self, query: Callable[..., Awaitable[T]], *args: Any, **named: Any) -> T:
        """What a function of storage finds: `read(decisions.get, centre.id, 1)`."""
        async with self.voci.database.reading() as tx:
            return await query(tx, *args, **named)

    async def write(self, query: Callable[..., Awaitable[T]], *args: Any, **named: Any) -> T:
        """What a function of storage says after it has written, committed."""
        async with self.voci.database.transaction() as tx:
            return await query(tx, *args, **named)

    async def rows(self, sql: str) -> list[Row]:
        """The rows that a statement finds, or leaves after it has written."""
        async with self.voci.database.transaction() as tx:
            return await tx.statement(sql)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
