"""The whole bot without a network: a Telegram that agrees to everything and remembers the words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from kit.migrated_files import put_file
from kit.running_bot import NOON, LeapingClock
from telegram.request import BaseRequest

from bot import app
from bot.app import Voci, open_voci
from bot.settings import Settings

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwx"
ME = {"id": 7, "is_bot": True, "first_name": "Voci", "username": "voci_bot"}


class Agreeing(BaseRequest):
    """Says yes to every call, and remembers what was said in each."""

    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self._said = said

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        parameters = request_data.parameters if request_data is not None else {}
        self._said.append(str(parameters.get("text", "")))
        result = ME if url.endswith("/getMe") else True
        return 200, json.dumps({"ok": True, "result": result}).encode()


@asynccontextmanager
async def agreeing(folder: Path, said: list[str]) -> AsyncIterator[Voci]:
    """Voci on an empty SQLite file in this folder; its words are appended to `said`."""
    await put_file(folder / "voci.db", "main")
    await put_file(folder / "keys.db", "keys")
    settings = Settings(_env_file=None, bot_token=TOKEN, data_dir=folder)
    with mock.patch.object(app, "HTTPXRequest", side_effect=lambda **_: Agreeing(said)):
        async with open_voci(settings, LeapingClock(NOON)) as voci:
            yield voci
