"""PTB's bot, which says its token in its repr, and in the error for a wrong one: ours does not."""

from __future__ import annotations

from telegram.error import InvalidToken
from telegram.ext import ExtBot

from bot.limits import Errand


class TelegramBot(ExtBot[Errand]):
    """A bot that can be printed, and so can everything that holds it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}[token=…]"

    async def initialize(self) -> None:
        """Ask Telegram who we are. Raises InvalidToken, without the token."""
        try:
            await super().initialize()
        except InvalidToken:
            raise InvalidToken from None
