from __future__ import annotations

from assembly.duty import ends_at


def test_a_duty_ends_365_days_after_it_was_taken_on() -> None:
    assert ends_at(1_000) == 31_537_000
