"""Webhooks: updates are posted one after the other, each until the bot's server accepts it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.updates import LONGEST_POLL, UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
PATIENCE = 30.0


class Webhook:
    """The delivery of one bot's updates; runs from `start` to `stop`."""

    def __init__(
        self, url: str, secret: str | None, updates: UpdateQueue, clock: Clock, faults: Faults
    ) -> None:
        self.url = url
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._updates = updates
        self._clock = clock
        self._faults = faults
        self._task: asyncio.Task[None] | None = None
        self.last_error: str | None = None
        self.last_error_date: int | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._deliver_all())

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _deliver_all(self) -> None:
        offset = 0
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            while True:
                for update in await self._updates.poll(offset, 1, LONGEST_POLL):
                    await self._deliver(client, update)
                    offset = update["update_id"] + 1

    async def _deliver(self, client: httpx.AsyncClient, update: dict[str, Any]) -> None:
        pause = FIRST_PAUSE
        while not await self._is_accepted(client, update):
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _is_accepted(self, client: httpx.AsyncClient, update: dict[str, Any]) -> bool:
        if self._faults.partitioned:
            return self._failed("Connection refused")
        try:
            response = await client.post(self.url, json=update, headers=self._headers)
        except httpx.HTTPError as failure:
            return self._failed(f"Connection failed: {type(failure).__name__}")
        if not response.is_success:
            return self._failed(f"Wrong response from the webhook: {response.status_code}")
        return True

    def _failed(self, reason: str) -> bool:
        self.last_error = reason
        self.last_error_date = int(self._clock.now())
        self._updates.on_change()
        return False

    def as_json(self) -> dict[str, Any]:
        fields: dict[str, Any] = {"url": self.url}
        if self.last_error is not None:
            fields["last_error_message"] = self.last_error
            fields["last_error_date"] = self.last_error_date
        return fields
