"""`voci run`: the bot until somebody stops it."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack

from telegram.error import InvalidToken, TelegramError

from bot.app import open_voci
from bot.clock import SystemClock
from bot.settings import Settings, SettingsError, sentence


async def run_bot(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM.

    Raises SettingsError when something can't be opened, or Telegram refuses the token, at the
    start or later, or does not answer at the start.
    """
    async with AsyncExitStack() as stack:
        try:
            voci = await stack.enter_async_context(open_voci(settings, SystemClock()))
        except TelegramError as error:
            raise SettingsError([refusal(error)]) from None
        work = asyncio.create_task(voci.run())
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(stop, work.cancel)
        try:
            await work
        except asyncio.CancelledError:
            return
        except ExceptionGroup as errors:
            wrong = errors.subgroup(SettingsError)
            if wrong is not None:
                raise _first(wrong) from None
            if errors.subgroup(InvalidToken) is None:
                raise
            raise SettingsError([refusal(InvalidToken())]) from None


def _first(errors: ExceptionGroup[SettingsError]) -> SettingsError:
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error


def refusal(error: TelegramError) -> str:
    """The sentence for a token that Telegram does not know, or for no answer at all."""
    if isinstance(error, InvalidToken):
        return sentence("bot_token", "Telegram does not know this token")
    return sentence("telegram_api_url", f"no answer from Telegram ({type(error).__name__})")
