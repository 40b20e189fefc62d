"""In webhook mode nothing is asked for: what keeps Telegram from calling is looked up, and said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from kit.running_bot import LeapingClock
from telegram import WebhookInfo
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import uncalled
from bot.uncalled import EVERY, LATELY, OTHER_ADDRESS
from bot.vitals import Vitals

FAILING = "SSL error {certificate verify failed}"
HERE = "https://voci.example.org/telegram-x"
NOW = 1_764_763_200
WELL = WebhookInfo(url=HERE, has_custom_certificate=False, pending_update_count=0)


def info(url: str = HERE, *, waits: int = 0, failed: float | None = None) -> WebhookInfo:
    """As Telegram tells it; `failed`: so many seconds ago it could not call."""
    when = None if failed is None else datetime.fromtimestamp(NOW - failed, UTC)
    said = None if failed is None else FAILING
    return WebhookInfo(
        url=url,
        has_custom_certificate=False,
        pending_update_count=waits,
        last_error_date=when,
        last_error_message=said,
    )


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        (info(), ""),
        (info(waits=3), ""),
        (info(failed=5), ""),
        (info(waits=3, failed=LATELY + 1), ""),
        (info(waits=1, failed=LATELY), FAILING),
        (info(""), OTHER_ADDRESS),
        (info("https://elsewhere.example.org/x"), OTHER_ADDRESS),
    ],
)
def test_what_keeps_it_from_calling(told: WebhookInfo, cause: str) -> None:
    assert uncalled.cause_in(told, HERE, NOW) == cause


class Telegram:
    """Answers each look in turn; after the last one it is looked at no more."""

    def __init__(self, *answers: WebhookInfo | TelegramError) -> None:
        self.answers = [*answers]

    async def get_webhook_info(self) -> WebhookInfo:
        if not self.answers:
            raise InvalidToken("the end")
        answer = self.answers.pop(0)
        if isinstance(answer, TelegramError):
            raise answer
        return answer


async def looked(clock: LeapingClock, *answers: WebhookInfo | TelegramError) -> Vitals:
    vitals = Vitals(clock)
    with pytest.raises(InvalidToken):
        await uncalled.watch(Telegram(*answers), HERE, vitals, clock)
    return vitals


async def test_it_is_logged_once_with_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock = LeapingClock(NOW)
    away = NetworkError("x")
    assert (await looked(clock, info(""), info(""), away, info(""), WELL, WELL)).uncalled == ""
    assert caplog.messages == [
        f"no updates: {OTHER_ADDRESS}",
        f"updates come again, after {4 * EVERY:.0f} s",
    ]


async def test_what_is_not_answered_changes_nothing() -> None:
    vitals = await looked(LeapingClock(NOW), info(""), NetworkError("x"))
    assert vitals.uncalled == OTHER_ADDRESS
