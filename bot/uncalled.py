"""In webhook mode: whether Telegram can call, which only Telegram knows.

Whoever asks for updates notices that none come. Whoever is called does not: a certificate that has
ended, a proxy that is down, or another process with the same token that took the webhook away, and
there is silence.
"""

from __future__ import annotations

from typing import Protocol

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.clock import Clock
from bot.trouble import Trouble
from bot.vitals import Vitals

EVERY = 60.0  # seconds between two looks
LATELY = 600.0  # seconds: what Telegram can't deliver it tries again, ever more seldom
# Not which one: whoever knows an address could call there.
OTHER_ADDRESS = (
    "Telegram calls another address, or none: another process with the same token, perhaps"
)


class Asked(Protocol):
    """Of a bot this is all that is needed."""

    async def get_webhook_info(self) -> WebhookInfo:
        """As the Bot API has it."""


async def watch(bot: Asked, url: str, vitals: Vitals, clock: Clock) -> None:
    """Look again and again; what is found is logged once, and stands in `vitals`.

    Raises InvalidToken where Telegram does not know the token any more.
    """
    trouble = Trouble(clock, "no updates", "updates come again")
    while True:
        await clock.sleep(EVERY)
        try:
            info = await bot.get_webhook_info()
        except InvalidToken:
            raise
        except TelegramError:  # whoever sends says so; whether it can call is not known
            continue
        vitals.uncalled = cause_in(info, url, clock.now())
        if vitals.uncalled:
            trouble.meets(vitals.uncalled)
        else:
            trouble.ends()


def cause_in(info: WebhookInfo, url: str, now: float) -> str:
    """What keeps Telegram from calling this address; empty where nothing does, or nobody waits."""
    if info.url != url:
        return OTHER_ADDRESS
    failed = info.last_error_date
    if not info.pending_update_count or failed is None or now - failed.timestamp() > LATELY:
        return ""
    return info.last_error_message or "Telegram does not say why"
