"""`voci run`: the bot until somebody stops it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import chain, repeat

from telegram.error import InvalidToken, TelegramError

from bot import extras
from bot.app import Voci, open_voci
from bot.causes import cause_of
from bot.clock import Clock, SystemClock
from bot.settings import AwayError, Settings, SettingsError, sentence, unknown
from storage.engine.errors import Transient

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds between tries while something is away


class Broken(Exception):
    """An error of our own ended the bot; the log has where."""


async def run_bot(settings: Settings, clock: Clock | None = None) -> None:
    """Run until SIGINT or SIGTERM; what is away at the start is waited for.

    Raises SettingsError when something can't be opened, or Telegram refuses the token, at the
    start or later; Broken for an error of our own.
    """
    clock = clock or SystemClock()
    for what in (*unknown(), *extras.switched_off()):
        log.warning("%s", what)
    async with AsyncExitStack() as stack:
        voci = await _started(stack, settings, clock)
        work = asyncio.create_task(voci.run())
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(stop, work.cancel)
        try:
            await work
        except asyncio.CancelledError:
            return
        except ExceptionGroup as errors:
            raise _one(list(_leaves(errors))) from None


async def _started(stack: AsyncExitStack, settings: Settings, clock: Clock) -> Voci:
    """The bot, once everything that it needs answers; each cause of waiting is logged once."""
    told: set[str] = set()
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        try:
            voci = await stack.enter_async_context(open_voci(settings, clock))
        except (TelegramError, Transient, AwayError) as error:
            away = refusal(error) if isinstance(error, TelegramError) else error
            if isinstance(away, SettingsError) and not isinstance(away, AwayError):
                raise away from None
            if str(away) not in told:
                told.add(str(away))
                log.warning("not started yet, and tried again until it works: %s", away)
            await clock.sleep(pause)
        else:
            if told:
                log.info("what was waited for is there")
            return voci
    raise AssertionError("repeat has no end")


def _leaves(errors: ExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in errors.exceptions:
        if isinstance(error, ExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _one(errors: list[Exception]) -> Exception:
    """What is told of everything that went wrong at once."""
    for error in errors:
        if isinstance(error, SettingsError):
            return error
        if isinstance(error, TelegramError):
            return refusal(error)
    for error in errors:
        log.error("the bot has stopped", exc_info=error)
    names = ", ".join(sorted({type(error).__name__ for error in errors}))
    return Broken(f"Voci stopped for an error of its own ({names}); the log says where.")


def refusal(error: TelegramError) -> SettingsError:
    """What to say of a token that Telegram does not know, or of no answer at all."""
    if isinstance(error, InvalidToken):
        return SettingsError([sentence("bot_token", "Telegram does not know this token")])
    return AwayError([f"VOCI_TELEGRAM_API_URL: Telegram can't be reached: {cause_of(error)}."])
