"""The stage: Voci and a Telegram of its own in one process, on a clock that tests move."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from kit.migrated_files import put_file
from telegram import Update

from bot import webhook
from bot.app import Voci, open_voci
from bot.clock import MovableClock
from bot.settings import Settings
from handlers.core.speech import Speech
from sandbox.chats import Group, Message
from sandbox.people import Person
from sandbox.presses import Press
from sandbox.server import serve
from sandbox.world import World
from storage import centres, facilitators, members, people
from storage.centres import Centre

NOON = 1_764_763_200  # Wednesday 3 December 2025, 12:00 UTC
SQLITE = "sqlite:///voci.db"


class LeapingClock(MovableClock):
    """Whoever sleeps wakes at once, that much later: rate limits cost tests no real time."""

    async def sleep(self, seconds: float) -> None:
        self.move(max(seconds, 0))
        await asyncio.sleep(0)


class Stage:
    """Drives people and the bot; after `settle()` everything said has been answered.

    With `webhook` Telegram calls the bot, otherwise the bot asks Telegram.
    """

    def __init__(self, folder: Path, database_url: str = SQLITE, *, webhook: bool = False) -> None:
        self.clock = LeapingClock(NOON)
        self.world = World(self.clock)
        self.bot = self.world.bot()
        self.operator = self.world.person("Olga", language_code="en")
        self.folder = folder
        self.database_url = database_url
        self.webhook = webhook
        self.accepted: list[Update] = []
        self._stack = AsyncExitStack()
        self._url = ""
        self._intake: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._url = await self._stack.enter_async_context(serve(self.world))
        if self.database_url == SQLITE:
            await put_file(self.folder / "voci.db", "main")
        await put_file(self.folder / "keys.db", "keys")
        await self.start_bot()

    async def close(self) -> None:
        await self.stop_bot()
        await self._stack.aclose()

    async def start_bot(self) -> None:
        self._bot_stack = AsyncExitStack()
        settings = self._settings(_free_port())
        self.voci: Voci = await self._bot_stack.enter_async_context(open_voci(settings, self.clock))
        self._intake = asyncio.create_task(self._fetch(settings))

    def _settings(self, port: int) -> Settings:
        return Settings(
            _env_file=None,
            bot_token=self.bot.token,
            telegram_api_url=self._url,
            data_dir=self.folder,
            database_url=self.database_url,
            operators=(self.operator.id,),
            mode="webhook" if self.webhook else "polling",
            webhook_url=f"http://127.0.0.1:{port}/telegram" if self.webhook else "",
            webhook_secret="a-long-random-word",
            listen=f"127.0.0.1:{port}",
        )

    def _fetch(self, settings: Settings) -> Coroutine[Any, Any, None]:
        if not self.webhook:
            return self.voci.intake.run()
        return webhook.serve(
            self.voci.application.bot, settings, self.voci.processing.accept, self._healthy
        )

    async def _healthy(self) -> bool:
        return True

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
        """Until every update is acknowledged and everything due has been sent."""
        while True:
            await self.world.until(lambda: len(self.bot.updates) == 0)
            await self.voci.delivery.finish()
            if not await self.voci.sender.send_due() and len(self.bot.updates) == 0:
                return

    async def move(self, seconds: float) -> None:
        """Let time pass in one step, and do what fell due."""
        self.clock.move(seconds)
        await self.tick()

    async def tick(self) -> None:
        await self.voci.ticker.tick()
        await self.settle()

    async def start(self, person: Person, payload: str | None = None) -> Message:
        person.start(self.bot, payload)
        await self.settle()
        return self.last(person)

    async def open_link(self, person: Person, link: str) -> Message:
        person.open(link)
        await self.settle()
        return self.last(person)

    async def say(self, person: Person, text: str, where: Group | None = None) -> Message:
        """Say something; returns the newest message of the bot in that chat."""
        person.say(where or self.bot, text)
        await self.settle()
        return self.last(where or person)

    async def press(self, person: Person, message: Message, button: str | int) -> Press:
        press = person.press(message, button)
        await press.answered()
        await self.settle()
        return press

    async def forge(self, person: Person, message: Message, data: str) -> Press:
        """Press a button that is not there, as a made-up app could."""
        press = person.forge_press(message, data)
        await press.answered()
        await self.settle()
        return press

    def said(self, where: Person | Group) -> list[Message]:
        """What the bot said in a chat that can still be seen, oldest first."""
        chat = where.private(self.bot) if isinstance(where, Person) else where
        return chat.from_bots()

    def last(self, where: Person | Group) -> Message:
        return self.said(where)[-1]

    async def centre(
        self, title: str = "Centro Aurora", language: str = "en", zone: str = "Europe/Rome"
    ) -> tuple[Centre, Group]:
        """A centre set up in a group of its own, without the talk that /setup is."""
        group = self.operator.create_group(title, kind="supergroup")
        self.operator.add(group, self.bot)
        now = int(self.clock.now())
        async with self.voci.database.transaction() as tx:
            centre = await centres.add(
                tx, chat_id=group.id, name=title, language=language, zone=zone, now=now
            )
        await self.settle()
        return centre, group

    async def member(
        self,
        centre: Centre,
        group: Group,
        name: str,
        role: str = "user",
        *,
        language: str = "en",
        facilitator: bool = False,
    ) -> Person:
        """Somebody who has joined, without the talk that joining is."""
        person = self.world.person(name, language_code=language)
        person.join(group)
        person.start(self.bot)
        await self.settle()
        await self.enrol(centre, person, role, facilitator=facilitator, language=language)
        return person

    async def enrol(
        self, centre: Centre, person: Person, role: str, *, facilitator: bool, language: str
    ) -> int:
        now = int(self.clock.now())
        async with self.voci.database.transaction() as tx:
            await people.meet(tx, person.id, language, now)
            member = await members.add(
                tx,
                centre_id=centre.id,
                telegram_id=person.id,
                role=role,
                name=person.first_name,
                now=now,
            )
            await people.set_current_centre(tx, person.id, centre.id)
            if facilitator:
                await facilitators.add(tx, member.id, now)
        await self.voci.keys.create_key(member.id)
        return member.id

    def speech(self, language: str = "en") -> Speech:
        return Speech(language, "Europe/Rome")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def open_stage(
    folder: Path, database_url: str = SQLITE, *, webhook: bool = False
) -> AsyncIterator[Stage]:
    """A stage for the time of one test."""
    stage = Stage(folder, database_url, webhook=webhook)
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()
