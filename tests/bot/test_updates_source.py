"""Telegram is told where updates go, however long it is away."""

from __future__ import annotations

import pytest
from kit.running_bot import LeapingClock
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot import updates_source
from bot.settings import SettingsError


class Telegram:
    """Answers with these errors, and then agrees."""

    def __init__(self, *errors: TelegramError) -> None:
        self.errors = [*errors]
        self.asked = 0

    async def __call__(self) -> bool:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return True


async def test_what_passes_is_waited_for_and_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    clock = LeapingClock(0)
    away = [NetworkError("Bad Gateway")] * 6
    telegram = Telegram(*away, RetryAfter(40))
    await updates_source.tell(telegram, clock)
    assert telegram.asked == 8
    assert clock.now() == 1 + 2 + 5 + 15 + 15 + 15 + 40
    assert caplog.messages == [
        "Telegram does not know yet where updates go: NetworkError",
        "Telegram does not know yet where updates go: Telegram lets the bot wait for a moment",
        "Telegram knows, after 93 s",
    ]


async def test_an_address_that_telegram_refuses_is_a_wrong_setting() -> None:
    refuses = Telegram(BadRequest("Bad webhook: an HTTPS URL must be provided for webhook"))
    with pytest.raises(SettingsError) as error:
        await updates_source.tell(refuses, LeapingClock(0))
    assert error.value.code == 2
    assert str(error.value).startswith(
        "VOCI_WEBHOOK_URL: Telegram refuses it (Bad webhook: an HTTP"
    )


async def test_a_token_that_it_does_not_know_ends_it() -> None:
    telegram = Telegram(InvalidToken("Unauthorized"))
    with pytest.raises(InvalidToken):
        await updates_source.tell(telegram, LeapingClock(0))
    assert telegram.asked == 1
