"""`voci run`: the bot until somebody stops it."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from telegram.error import InvalidToken

from bot.app import open_voci
from bot.clock import SystemClock
from bot.settings import EXAMPLES, Settings, SettingsError


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM. Raises SettingsError when Telegram refuses the token."""
    try:
        async with open_voci(settings, SystemClock()) as voci:
            work = asyncio.create_task(voci.run())
            loop = asyncio.get_running_loop()
            for stop in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(stop, work.cancel)
            with contextlib.suppress(asyncio.CancelledError):
                await work
    except InvalidToken:
        raise SettingsError([refused_token()]) from None


def refused_token() -> str:
    """The sentence for a token that Telegram does not know."""
    return (
        "VOCI_BOT_TOKEN: Telegram does not know this token. "
        f"For example: VOCI_BOT_TOKEN={EXAMPLES['bot_token']}"
    )
