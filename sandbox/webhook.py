"""Webhooks: updates are posted side by side, each until the bot's server accepts it.

As Telegram's own server does it, updates that belong together are posted one after the other: of
presses those of one person, of everything else that of one chat. What is not accepted is posted
again before what follows it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.updates import LONGEST_POLL, Update, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
PATIENCE = 30.0
CONNECTIONS = 40  # at once, where the bot does not say how many


class Account(Protocol):
    """What of a bot it takes to post its updates."""

    updates: UpdateQueue
    servers: list[str]
    keeps_lines: bool


class Webhook:
    """The delivery of one bot's updates; runs from `start` to `stop`."""

    def __init__(
        self,
        url: str,
        secret: str | None,
        connections: int,
        bot: Account,
        clock: Clock,
        faults: Faults,
    ) -> None:
        self.url = url
        self.secret = secret
        self.connections = connections
        self._bot = bot
        self._clock = clock
        self._faults = faults
        self._slots = asyncio.Semaphore(connections)
        self._taken: set[int] = set()
        self._lines: dict[object, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = count()
        self.last_error: str | None = None
        self.last_error_date: int | None = None

    def start(self) -> None:
        self._begin(self._deliver_all())

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _begin(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_all(self) -> None:
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, headers=headers) as client:
            while True:
                for update in await self._bot.updates.besides(self._taken, LONGEST_POLL):
                    self._taken.add(update.id)
                    self._line_up(client, update)

    def _line_up(self, client: httpx.AsyncClient, update: Update) -> None:
        key = line_of(update.body) if self._bot.keeps_lines else update.id
        line = self._lines.get(key)
        if line is not None:
            line.append(update)
            return
        self._lines[key] = deque([update])
        self._begin(self._serve(client, key))

    async def _serve(self, client: httpx.AsyncClient, key: object) -> None:
        line = self._lines[key]
        while line:
            pause = FIRST_PAUSE
            while line[0].expires > self._clock.now() and not await self._accepts(client, line[0]):
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            update = line.popleft()
            self._bot.updates.settle(update)
            self._taken.discard(update.id)
        del self._lines[key]

    async def _accepts(self, client: httpx.AsyncClient, update: Update) -> bool:
        if self._faults.partitioned:
            return self._failed("Connection refused")
        try:
            async with self._slots:
                response = await client.post(self._address(), json=update.body)
        except httpx.HTTPError as failure:
            return self._failed(f"Connection failed: {type(failure).__name__}")
        if not response.is_success:
            return self._failed(f"Wrong response from the webhook: {response.status_code}")
        return True

    def _address(self) -> str:
        """Of the next in turn, where several answer for the bot."""
        servers = self._bot.servers
        if not servers:
            return self.url
        return servers[next(self._turns) % len(servers)] + urlsplit(self.url).path

    def _failed(self, reason: str) -> bool:
        self.last_error = reason
        self.last_error_date = int(self._clock.now())
        self._bot.updates.on_change()
        return False

    def as_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"url": self.url, "max_connections": self.connections}
        if self.last_error is not None:
            fields["last_error_message"] = self.last_error
            fields["last_error_date"] = self.last_error_date
        return fields


def line_of(body: dict[str, Any]) -> object:
    """What of an update says with which others it is in one line."""
    for kind, content in body.items():
        if not isinstance(content, dict):
            continue
        if "chat" in content and kind != "callback_query":
            return "chat", content["chat"].get("id")
        who = content.get("from") or content.get("user") or content.get("voter_chat") or {}
        return kind, who.get("id")
    return "update", body["update_id"]
