"""Telegram is told where updates go, before any comes: asked again until it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import chain, repeat

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.causes import cause_of
from bot.clock import Clock
from bot.intake import AFTER_FAILURE
from bot.limits import seconds
from bot.settings import SettingsError, sentence
from bot.trouble import Trouble


async def tell(ask: Callable[[], Awaitable[object]], clock: Clock) -> None:
    """Ask until Telegram has agreed; what keeps it from answering passes.

    Raises InvalidToken where it does not know the bot, SettingsError where it refuses the address.
    """
    trouble = Trouble(clock, "Telegram does not know yet where updates go", "Telegram knows")
    for pause in chain(AFTER_FAILURE, repeat(AFTER_FAILURE[-1])):
        try:
            await ask()
        except InvalidToken:
            raise
        except BadRequest as error:
            refused = sentence("webhook_url", f"Telegram refuses it ({error.message})")
            raise SettingsError([refused]) from None
        except TelegramError as error:
            trouble.meets(cause_of(error))
            await clock.sleep(seconds(error) if isinstance(error, RetryAfter) else pause)
        else:
            trouble.ends()
            return
