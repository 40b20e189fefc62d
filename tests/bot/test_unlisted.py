"""What becomes of a message of which no table knows, and who hears of it."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import Markup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.bucket import TooLate
from bot.clock import MovableClock
from bot.unlisted import send
from bot.vitals import Vitals
from handlers.core.screen import Screen
from handlers.core.unlisted import Became, Unlisted

WHAT = Unlisted(7, 5, Screen(Markup("How are you?")))
GONE = Became(WHAT)
WAITS = Became(WHAT, waits=True)
BLOCKED = Became(WHAT, blocked=True)


class Sending:
    """Sends nothing: raises this, or says that message 9 is there."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    async def post(self, *_: object) -> int:
        if self._error is not None:
            raise self._error
        return 9


@pytest.mark.parametrize(
    ("error", "became", "fate", "said"),
    [
        (None, Became(WHAT, 9), "", []),
        (TooLate(), WAITS, "", []),
        (RetryAfter(30), WAITS, "", []),
        (InvalidToken("x"), WAITS, "ours", ["an unlisted message waits: InvalidToken"]),
        (KeyError("Anna"), WAITS, "ours", ["an unlisted message waits: KeyError"]),
        (Forbidden("bot was blocked by the user"), BLOCKED, "", []),
        (TimedOut(), GONE, "uncertain", ["an unlisted message is uncertain: TimedOut"]),
        (
            TelegramError("?"),
            GONE,
            "uncertain",
            ["an unlisted message is uncertain: TelegramError"],
        ),
        (
            BadRequest("Message is too long"),
            GONE,
            "refused",
            ["an unlisted message was refused: BadRequest"],
        ),
    ],
)
async def test_what_becomes_of_it(
    error: Exception | None,
    became: Became,
    fate: str,
    said: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    sending: Any = Sending(error)
    clock = MovableClock(1_000.0)
    vitals = Vitals(clock)
    assert await send(sending, clock, vitals, [WHAT]) == [became]
    assert [*vitals.fates.elements()] == ([fate] if fate else [])
    assert caplog.messages == said
