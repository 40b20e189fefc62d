"""Counting how often and how long."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from bot.vitals import SPANS, Spans, Vitals


@pytest.mark.parametrize(
    ("seconds", "place"), [(0.0, 0), (0.005, 0), (0.006, 1), (10.0, 10), (10.1, len(SPANS))]
)
def test_a_span_counts_up_to_its_bound(seconds: float, place: int) -> None:
    spans = Spans()
    spans.note(seconds)
    assert spans.numbers.index(1) == place
    assert (sum(spans.numbers), spans.seconds) == (1, seconds)


def test_what_fails_took_its_time_too() -> None:
    clock = MovableClock(1_000.0)
    vitals = Vitals(clock)

    def fails() -> None:
        with vitals.timing(vitals.handling):
            clock.move(2)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert (vitals.handling.seconds, sum(vitals.handling.numbers)) == (2.0, 1)


def test_a_start_counts_as_a_sign_of_life() -> None:
    clock = MovableClock(1_000.0)
    vitals = Vitals(clock)
    clock.move(5)
    assert (vitals.heard_at, vitals.ticked_at) == (1_000.0, 1_000.0)
    vitals.heard()
    vitals.ticked()
    assert (vitals.heard_at, vitals.ticked_at) == (1_005.0, 1_005.0)
