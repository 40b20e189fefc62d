"""The whole process: it works until it is ended, and can be asked meanwhile, in both modes."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from kit.stage import Stage

from bot import uncalled
from bot.app import Voci, open_voci
from bot.clock import MovableClock
from bot.settings import Settings, SettingsError
from bot.status import ask


@asynccontextmanager
async def opened(stage: Stage, settings: Settings) -> AsyncIterator[Voci]:
    """Another process on the same data, on a clock that flows."""
    await stage.stop_bot()
    async with open_voci(settings, MovableClock(stage.clock.now(), flowing=True)) as voci:
        yield voci


@asynccontextmanager
async def running(stage: Stage, settings: Settings) -> AsyncIterator[None]:
    async with opened(stage, settings) as voci:
        work = asyncio.create_task(voci.run())
        try:
            yield
            assert not work.done()
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def answered(settings: Settings, path: str) -> httpx.Response:
    """The first answer: the web server comes a moment after the bot is ready."""
    host, port = settings.listen_address
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=10)) as client:
        return await client.get(f"http://{host}:{port}{path}")


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_it_can_be_asked_while_it_runs(stage: Stage, mode: str) -> None:
    stage.webhook = mode == "webhook"
    settings = stage.settings()
    async with running(stage, settings):
        ready = await answered(settings, "/ready")
        assert (ready.status_code, ready.json()["complaints"]) == (200, [])
        assert (await asyncio.to_thread(ask, settings))[0] == "The bot does its work."
        metrics = (await answered(settings, "/metrics")).text
        assert ("voci_telegram_silent_seconds" in metrics) is (mode == "polling")


async def test_a_webhook_that_somebody_else_took_away_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process with the same token that polls, for example: this one hears nothing more."""
    monkeypatch.setattr(uncalled, "EVERY", 0.001)
    stage.webhook = True
    settings = stage.settings()
    async with running(stage, settings):
        await stage.world.until(lambda: stage.bot.webhook is not None, timeout=60)
        async with httpx.AsyncClient(base_url=settings.telegram_api_url) as other:
            await other.post(f"/bot{stage.bot.token}/deleteWebhook")
        while (ready := await answered(settings, "/ready")).status_code == 200:
            pass
        assert ready.json()["complaints"] == [f"No updates: {uncalled.OTHER_ADDRESS}."]
        metrics = (await answered(settings, "/metrics")).text
        assert "\nvoci_telegram_cannot_call 1.0\n" in metrics


async def test_a_port_that_is_taken_ends_it_with_a_sentence(stage: Stage) -> None:
    settings = stage.settings()
    with socket.create_server(settings.listen_address):
        async with opened(stage, settings) as voci:
            with pytest.raises(SettingsError, match="VOCI_LISTEN: Address already in use"):
                await voci.run()


async def test_where_nothing_is_listened_at_it_runs_all_the_same(stage: Stage) -> None:
    stage.change(listen="")
    async with running(stage, stage.settings()):
        stage.operator.say(stage.bot, "/start")
        await stage.world.until(lambda: len(stage.bot.updates) == 0, timeout=60)


SLOW = ("icalendar", "typst", "matplotlib", "opendp", "prometheus_client", "starlette", "uvicorn")


def test_its_start_waits_for_no_library_that_is_slow_to_load() -> None:
    """They are loaded when somebody asks for a file, a picture, a summary, or how the bot is."""
    code = f"import bot.app, sys; print([name for name in {SLOW} if name in sys.modules])"
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert told.strip() == "[]"
