"""A cause is said when it begins, when it becomes another, and when it is over."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from bot.trouble import Trouble


def test_a_cause_is_said_once_and_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    clock = MovableClock(1_000)
    trouble = Trouble(clock, "no updates", "updates come again")
    trouble.ends()
    for cause in ("DNS", "DNS", "TLS", "TLS"):
        trouble.meets(cause)
        clock.move(10)
    for _ in range(2):
        trouble.ends()
    trouble.meets("TLS")
    assert caplog.messages == [
        "no updates: DNS",
        "no updates: TLS",
        "updates come again, after 40 s",
        "no updates: TLS",
    ]
